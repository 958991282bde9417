import path from 'node:path';
import { packageOf } from '../imports.mjs';
import { placeIn } from '../source-file.mjs';

/** @typedef {import('../workspace.mjs').Project} Project */
/** @typedef {import('../workspace.mjs').Workspace} Workspace */
/** @typedef {import('../source-file.mjs').SourceFile} SourceFile */

/**
 * Whether a bare specifier names an entry that its package exports.
 *
 * @param {Project} sibling
 * @param {string} specifier
 */
const isEntry = (sibling, specifier) => `.${specifier.slice(sibling.name.length)}` in (sibling.manifest.exports ?? {});

/**
 * Whether a relative specifier stays in the project. Tests and benches also share the workspace's tools.
 *
 * @param {Project} project
 * @param {SourceFile} file
 * @param {string} specifier
 */
function staysInside(project, file, specifier) {
  const target = path.posix.join(path.posix.dirname(file.path), specifier);
  return target.startsWith(`${project.folder}/`) || (file.role !== 'source' && target.startsWith('tools/'));
}

/**
 * @param {Workspace} workspace
 * @param {Project} project
 * @param {SourceFile} file
 * @param {string} specifier
 */
function isRefused({ projects }, project, file, specifier) {
  if (specifier.startsWith('.')) return !staysInside(project, file, specifier);
  const sibling = projects.get(packageOf(specifier));
  return sibling !== undefined && !isEntry(sibling, specifier);
}

/**
 * A sibling is imported by its name and through an entry of its `exports`, never by a path into it.
 *
 * @param {Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const siblingEntries = (workspace) =>
  [...workspace.projects.values()].flatMap((project) =>
    project.files.flatMap((file) =>
      file.imports
        .filter(({ specifier }) => isRefused(workspace, project, file, specifier))
        .map(({ specifier, at }) => ({
          file: placeIn(file, at),
          fault: `'${specifier}' reaches into another project`,
          cure: "import it by its name, through an entry of its package.json's exports",
          rule: '1.5',
        })),
    ),
  );
