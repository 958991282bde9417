import { existsSync, readFileSync } from 'node:fs';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { fail2banRegex } from './support/fail2ban-regex.mjs';
import { chunksOf, logFile } from './support/log-file.mjs';
import { runFilter } from './support/run-filters.mjs';

const configDir = '/etc/fail2ban';
const isThere = existsSync(`${configDir}/filter.d/sshd.conf`);
const missing = `there is no ${configDir}/filter.d/sshd.conf; run tools/setup-system.sh --peers (package fail2ban)`;

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'sshd-failures',
  async prepare({ cache, quick }) {
    const lines = quick ? 5000 : 200_000;
    const file = await logFile(cache, { kind: 'sshd', hitRate: 0.05, lines });
    const chunks = chunksOf(readFileSync(file));
    return { chunks, lines, hits: lines * 0.02, theirLines: lines, theirFile: file };
  },
  measurements: [
    {
      metric: 'lines per CPU second',
      unit: 'lines/s',
      better: 'higher',
      target: 100,
      available: async () => isThere || missing,
      ours: (context) => runFilter(loadFilterConfig('sshd', { configDir }))(context),
      theirs: fail2banRegex([], 'sshd'),
    },
  ],
};
