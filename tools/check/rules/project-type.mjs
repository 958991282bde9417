import { projectTypes } from '../workspace.mjs';

/**
 * Each project says by one tag what it is; all further rules go by it.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const projectType = ({ projects }) =>
  [...projects.values()]
    .filter(({ type }) => type === undefined)
    .map(({ folder }) => ({
      file: `${folder}/package.json`,
      fault: 'nx.tags does not name exactly one known type',
      cure: `tag it with one of ${projectTypes.map((type) => `type:${type}`).join(', ')}`,
      rule: '1.1',
    }));
