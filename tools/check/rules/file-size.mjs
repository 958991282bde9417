/** Most lines of a file that a person wrote. */
const maxLines = 400;

/**
 * One concept a file.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const fileSize = ({ projects, tools }) =>
  [...[...projects.values()].flatMap(({ files }) => files), ...tools]
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => ({
      file: path,
      fault: `has ${lines} lines, more than ${maxLines}`,
      cure: 'split it by concept',
      rule: '2.3',
    }));
