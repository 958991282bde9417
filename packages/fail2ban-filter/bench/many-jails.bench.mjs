import { existsSync, readFileSync } from 'node:fs';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { chunksOf, logFile } from './support/log-file.mjs';
import { runGroup } from './support/run-filters.mjs';

const configDir = '/etc/fail2ban';
const isThere = existsSync(`${configDir}/filter.d/sshd.conf`);
const missing = `there is no ${configDir}/filter.d/sshd.conf; run tools/setup-system.sh --peers (package fail2ban)`;
const available = async () => isThere || missing;

/** Filters for logs of many kinds. */
const names =
  'sshd dovecot postfix exim proftpd vsftpd pure-ftpd pam-generic dropbear apache-auth apache-badbots apache-noscript apache-overflows nginx-http-auth nginx-botsearch courier-auth named-refused asterisk sendmail-auth recidive'.split(
    ' ',
  );
const load = (name) => loadFilterConfig(name, { configDir });
const one = { name: 'one jail, sshd', available, run: (context) => runGroup([load('sshd')])(context) };

/** Lines of two logs by turns, as many of each as of the other. */
function mixed(a, b) {
  const [linesA, linesB] = [a, b].map((bytes) => bytes.toString('latin1').split('\n'));
  return Buffer.from(linesA.flatMap((line, i) => [line, linesB[i] ?? '']).join('\n'), 'latin1');
}

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'many-jails',
  async prepare({ cache, quick }) {
    const lines = quick ? 5000 : 100_000;
    const auth = await logFile(cache, { kind: 'sshd', hitRate: 0.05, lines });
    const access = await logFile(cache, { kind: 'apache', hitRate: 0.01, lines });
    const bytes = mixed(readFileSync(auth), readFileSync(access));
    return { chunks: chunksOf(bytes), lines: 2 * lines, hits: lines * 0.01 };
  },
  measurements: [
    {
      metric: 'lines per CPU second, 20 jails with a filter each',
      unit: 'lines/s',
      better: 'higher',
      target: 0.5,
      available,
      ours: (context) => runGroup(names.map(load))(context),
      theirs: one,
    },
    {
      metric: 'lines per CPU second, 20 jails with the same filter',
      unit: 'lines/s',
      better: 'higher',
      target: 0.5,
      available,
      ours: (context) => runGroup(names.map(() => load('sshd')))(context),
      theirs: one,
    },
  ],
};
