/**
 * Two copies of RxJS do not know each other's Observables, so a package lets its user choose the one copy.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const peerRxjs = ({ projects }) =>
  [...projects.values()]
    .filter(({ folder, manifest }) => folder.startsWith('packages/') && 'rxjs' in (manifest.dependencies ?? {}))
    .map(({ folder }) => ({
      file: `${folder}/package.json`,
      fault: 'rxjs is a dependency of its own',
      cure: 'move it to peerDependencies',
      rule: '1.7',
    }));
