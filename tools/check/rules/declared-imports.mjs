import { packageOf } from '../imports.mjs';
import { placeIn } from '../source-file.mjs';

/** @typedef {import('../workspace.mjs').Project} Project */
/** @typedef {import('../source-file.mjs').SourceFile} SourceFile */

/**
 * Names that a file may import.
 *
 * @param {Project} project
 * @param {SourceFile} file
 * @param {Record<string, any>} rootManifest
 */
function declaredFor(project, file, rootManifest) {
  const own = Object.keys(project.published);
  if (file.role === 'source') return own;
  const forDevelopment = { ...project.manifest.devDependencies, ...rootManifest.devDependencies };
  return [...own, ...Object.keys(forDevelopment), '@jest/globals', project.name];
}

/**
 * What a file imports, its package.json declares: published code as a dependency or peer, tests and benches also as a
 * development dependency of the project or of the workspace.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const declaredImports = ({ projects, manifest }) =>
  [...projects.values()].flatMap((project) =>
    project.files.flatMap((file) => {
      const declared = declaredFor(project, file, manifest);
      return file.imports
        .filter(({ specifier }) => !/^(?:node:|\.|\/)/.test(specifier))
        .filter(({ specifier }) => !declared.includes(packageOf(specifier)))
        .map(({ specifier, at }) => ({
          file: placeIn(file, at),
          fault: `imports ${packageOf(specifier)}, which ${project.folder}/package.json does not declare`,
          cure: file.role === 'source' ? 'add it to dependencies' : 'add it to devDependencies',
          rule: '1.3',
        }));
    }),
  );
