import path from 'node:path';
import { nodesOf } from '../syntax.mjs';

/** A string that can only be a metric's name. */
const metricLike = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;

/**
 * The metrics of a component are found by its name: `<package>_<what>_<unit>_total`.
 *
 * @param {import('../workspace.mjs').Workspace} workspace
 * @returns {import('../fault.mjs').Fault[]}
 */
export const metricNames = ({ projects }) =>
  [...projects.values()].flatMap(({ folder, files }) => {
    const prefix = path.posix.basename(folder).replaceAll('-', '_');
    const wanted = new RegExp(`^${prefix}(?:_[a-z0-9]+)+_total$`);
    const own = files.find((file) => file.path === `${folder}/src/metrics.ts`);
    return [...nodesOf(own?.statements)]
      .filter(({ type, value }) => type === 'StringLiteral' && metricLike.test(value) && !wanted.test(value))
      .map(({ value }) => ({
        file: `${folder}/src/metrics.ts`,
        fault: `"${value}" is not named like the other metrics`,
        cure: `name it ${prefix}_<what>_<unit>_total`,
        rule: '8.1',
      }));
  });
