import { fileURLToPath } from 'node:url';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { firstLinesOf } from './support/first-lines-of.mjs';
import { available, banwatch, ownEnvironment } from './support/peer.mjs';

const at = (/** @type {string} */ place) => fileURLToPath(new URL(place, import.meta.url));
const e107 = at('../../../examples/fail2ban/filter.d/apache-e107ddos.conf');
const anchored = at('filter.d/e107-anchored.conf');
const sshd = '/etc/fail2ban/filter.d/sshd.conf';

/**
 * @param {string} metric
 * @param {number | null} target
 * @param {string} filter
 * @param {'apache' | 'sshd'} kind
 * @param {readonly string[]} options of both programs
 * @returns {import('../../../tools/bench/types.d.ts').Measurement<any>}
 */
const row = (metric, target, filter, kind, options = []) => ({
  metric: `${metric}, lines per CPU second of the command`,
  unit: 'lines/s',
  better: 'higher',
  target,
  available: kind === 'sshd' ? available('fail2ban-regex') : async () => true,
  ours: ({ logs }) =>
    measureCommand([process.execPath, banwatch, 'test', ...options, logs[kind].file, filter], logs[kind].lines, {
      env: ownEnvironment,
    }),
  theirs: {
    name: 'fail2ban-regex',
    available: available('fail2ban-regex'),
    run: ({ logs }) =>
      measureCommand(['fail2ban-regex', ...options, logs[kind].theirFile, filter], logs[kind].theirLines),
  },
});

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'test-command',
  async prepare({ cache, quick }) {
    const lines = quick ? 5000 : 200_000;
    // fail2ban-regex takes a minute of CPU for the access log; its rate does not depend on the number of lines.
    const fewer = quick ? 500 : 20_000;
    const log = async (
      /** @type {'apache' | 'sshd'} */ kind,
      /** @type {number} */ theirs,
      /** @type {number} */ rate,
    ) => ({
      file: await firstLinesOf(cache, kind, lines, rate),
      lines,
      theirFile: await firstLinesOf(cache, kind, theirs, rate),
      theirLines: theirs,
    });
    return { logs: { sshd: await log('sshd', lines, 0.05), apache: await log('apache', fewer, 0.01) } };
  },
  measurements: [
    row('sshd on auth.log', 100, sshd, 'sshd'),
    row('e107 as it stands on access.log', 1000, e107, 'apache'),
    row('e107 anchored, with its own datepattern', 100, anchored, 'apache'),
  ],
};
