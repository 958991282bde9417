import path from 'node:path';

/**
 * Name of a package's error: `log-source` → `LogSourceError`.
 *
 * @param {string} base
 */
const errorName = (base) => `${base.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase())}Error`;

/**
 * A package has one class of errors, named after it, so that a user can tell by the class who speaks.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const errorClass = ({ projects }) =>
  [...projects.values()].flatMap(({ folder, files }) => {
    const base = path.posix.basename(folder);
    const file = files.find((each) => each.path === `${folder}/src/${base}-error.ts`);
    if (file === undefined || file.syntaxError !== undefined) return [];
    const found = file.statements.some(
      ({ type, declaration }) =>
        type === 'ExportDeclaration' &&
        declaration.type === 'ClassDeclaration' &&
        declaration.identifier.value === errorName(base) &&
        declaration.superClass?.value === 'ComponentError',
    );
    const fault = `does not export class ${errorName(base)} extends ComponentError`;
    return found ? [] : [{ file: file.path, fault, cure: 'write the class there', rule: '7.1' }];
  });
