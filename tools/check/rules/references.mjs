/** @typedef {import('../fault.mjs').Fault} Fault */

/**
 * `tsc -b` does not miss a reference; it silently takes what was built last. So the references are compared.
 *
 * @param {string} file
 * @param {readonly string[]} actual
 * @param {readonly string[]} wanted
 * @param {string} reason why a reference is wanted
 * @returns {Fault[]}
 */
function compare(file, actual, wanted, reason) {
  const rule = '1.4';
  const missing = wanted.filter((folder) => !actual.includes(folder));
  const surplus = actual.filter((folder) => !wanted.includes(folder));
  return [
    ...missing.map((folder) => ({ file, fault: `does not reference ${folder}, ${reason}`, cure: 'add it', rule })),
    ...surplus.map((folder) => ({ file, fault: `references ${folder}, not ${reason}`, cure: 'remove it', rule })),
  ];
}

/**
 * A project's tsconfig.json references the siblings that it depends on, and the root's references every project.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {Fault[]}
 */
export const references = ({ projects, references: rootReferences }) => [
  ...compare(
    'tsconfig.json',
    rootReferences,
    [...projects.values()].map(({ folder }) => folder),
    'a project of the workspace',
  ),
  ...[...projects.values()].flatMap((project) =>
    compare(
      `${project.folder}/tsconfig.json`,
      project.references,
      Object.keys(project.published).flatMap((name) => projects.get(name)?.folder ?? []),
      'a dependency in package.json',
    ),
  ),
];
