/**
 * A file that does not parse cannot be checked, so it is a fault of its own.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const syntaxErrors = ({ projects, tools }) =>
  [...[...projects.values()].flatMap(({ files }) => files), ...tools].flatMap(({ path, syntaxError }) =>
    syntaxError === undefined ? [] : [{ file: path, fault: `does not parse: ${syntaxError}`, cure: 'mend it' }],
  );
