import { json, rightWorkspace } from './right-workspace.mjs';

/**
 * Files that differ from the right workspace's; undefined takes a file away.
 *
 * @typedef {Record<string, string | undefined>} Files
 */

/**
 * A workspace that breaks one rule once: the rule's number, what is wrong, the files, and the fault it has to give.
 *
 * @typedef {[rule: string, name: string, changes: Files, fault: { file: string, fault: string }]} Violation
 */

/** The workspace that all changes start from. */
export const right = rightWorkspace();

/**
 * A JSON file of the right workspace, changed.
 *
 * @param {string} file
 * @param {(content: any) => void} change
 * @returns {Files}
 */
export function changed(file, change) {
  const content = JSON.parse(/** @type {string} */ (right[file]));
  change(content);
  return { [file]: json(content) };
}

/**
 * A file of the right workspace with more text at its end.
 *
 * @param {string} file
 * @param {string} text
 * @returns {Files}
 */
export const appended = (file, text) => ({ [file]: `${right[file]}${text}\n` });

/**
 * A project that properly declares, references and imports a sibling.
 *
 * @param {string} folder of the project
 * @param {string} sibling folder of the sibling
 * @returns {Files}
 */
export function dependsOn(folder, sibling) {
  const name = `@sluice/${sibling.slice(sibling.indexOf('/') + 1)}`;
  return {
    ...changed(`${folder}/package.json`, ({ dependencies }) => {
      dependencies[name] = '^1.0.0';
    }),
    ...changed(`${folder}/tsconfig.json`, ({ references }) => references.push({ path: `../../${sibling}` })),
    ...appended(`${folder}/src/thing.ts`, `import '${name}';`),
  };
}
