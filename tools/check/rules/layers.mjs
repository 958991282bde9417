/** @typedef {import('../workspace.mjs').Project} Project */

/**
 * For each type, the types that a project of it may depend on.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const lowerLayers = {
  contract: [],
  kernel: ['contract', 'kernel'],
  source: ['contract', 'kernel'],
  stage: ['contract', 'kernel', 'stage'],
  sink: ['contract', 'kernel'],
  kit: ['contract'],
  app: ['contract', 'kernel', 'source', 'stage', 'sink', 'kit'],
};

/**
 * The one sink that is made of another.
 *
 * @param {Project} from
 * @param {Project} to
 */
const isException = (from, to) => from.name === '@sluice/ban-action' && to.name === '@sluice/node-netfilter';

/**
 * The examples show apps too, and nothing depends on them.
 *
 * @param {Project} from
 * @param {Project} to
 */
const isExampleOfApp = (from, to) => from.folder === 'examples' && to.type === 'app';

/**
 * A project depends on lower layers only.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const layers = ({ projects }) =>
  [...projects.values()].flatMap((from) => {
    const allowed = from.type === undefined ? undefined : lowerLayers[from.type];
    if (allowed === undefined) return [];
    return Object.keys(from.published)
      .flatMap((name) => projects.get(name) ?? [])
      .filter((to) => to.type !== undefined && !allowed.includes(to.type))
      .filter((to) => !isException(from, to) && !isExampleOfApp(from, to))
      .map((to) => ({
        file: `${from.folder}/package.json`,
        fault: `type:${from.type} may not depend on ${to.name}, which is type:${to.type}`,
        cure: `depend on ${allowed.join(', ') || 'nothing'} only, or move what is shared into a lower layer`,
        rule: '1.2',
      }));
  });
