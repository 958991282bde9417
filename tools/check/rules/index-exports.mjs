/**
 * Statements that only pass something on.
 *
 * @param {import('../syntax.mjs').Node} statement
 */
const passesOn = ({ type, source }) =>
  type === 'ExportAllDeclaration' || (type === 'ExportNamedDeclaration' && source !== null);

/**
 * An `index.ts` lists what its folder offers and holds no code.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const indexExports = ({ projects }) =>
  [...projects.values()]
    .flatMap(({ files }) => files)
    .filter(({ path, statements }) => path.endsWith('/index.ts') && !statements.every(passesOn))
    .map(({ path }) => ({
      file: path,
      fault: 'holds more than exports',
      cure: "move the code to a file named after it and write export { … } from './….ts'",
      rule: '2.2',
    }));
