import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { fail2banRegex } from './support/fail2ban-regex.mjs';
import { chunksOf, firstLines, logFile } from './support/log-file.mjs';
import { runFilter } from './support/run-filters.mjs';

const examples = fileURLToPath(new URL('../../../examples/fail2ban', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const asItStands = loadFilterConfig('apache-e107ddos', { configDir: examples });
const anchored = loadFilterConfig('e107-anchored', { configDir: here });
const options = ['--no-check-all', '--usedns', 'warn'];

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'e107-failures',
  async prepare({ cache, quick, peer }) {
    const lines = quick ? 5000 : 200_000;
    const file = await logFile(cache, { kind: 'apache', hitRate: 0.01, lines });
    const bytes = readFileSync(file);
    // fail2ban-regex takes a minute of CPU for all lines; its rate does not depend on their number.
    const theirLines = quick ? 500 : 20_000;
    const theirFile = path.join(cache, `fail2ban-filter-apache-first-${theirLines}.log`);
    if (peer) writeFileSync(theirFile, firstLines(bytes, theirLines));
    return { chunks: chunksOf(bytes), lines, hits: lines * 0.005, theirLines, theirFile };
  },
  measurements: [
    {
      metric: 'lines per CPU second',
      unit: 'lines/s',
      better: 'higher',
      target: 1000,
      ours: runFilter(asItStands, { useDns: 'warn' }),
      theirs: fail2banRegex(options, path.join(examples, 'filter.d', 'apache-e107ddos.conf')),
    },
    {
      metric: 'lines per CPU second, regexes anchored, with a datepattern',
      unit: 'lines/s',
      better: 'higher',
      target: 100,
      ours: runFilter(anchored, { useDns: 'warn' }),
      theirs: fail2banRegex(options, path.join(here, 'filter.d', 'e107-anchored.conf')),
    },
    {
      metric: 'lines per CPU second, each line searched and dated (prefilter: false)',
      unit: 'lines/s',
      better: 'higher',
      target: null,
      ours: runFilter(asItStands, { useDns: 'warn', prefilter: false }),
    },
  ],
};
