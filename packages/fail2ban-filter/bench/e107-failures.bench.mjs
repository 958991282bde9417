import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadFilterConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter } from '@sluice/fail2ban-filter';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { generateApacheLog } from '../../../tools/generate-log.mjs';

const run = promisify(execFile);
const chunkBytes = 262_144;
const lineFeed = 0x0a;

const configDir = fileURLToPath(new URL('../../../examples/fail2ban', import.meta.url));
const filterFile = path.join(configDir, 'filter.d', 'apache-e107ddos.conf');
const config = loadFilterConfig('apache-e107ddos', { configDir });

/** The first whole lines of a log. */
function firstLines(bytes, count) {
  let end = 0;
  for (let n = 0; n < count; n += 1) end = bytes.indexOf(lineFeed, end) + 1;
  return bytes.subarray(0, end);
}

/** As a source hands them on: whole lines, about a quarter of a megabyte each. */
function chunksOf(bytes) {
  const chunks = [];
  for (let offset = 0; offset < bytes.length; ) {
    const end = bytes.lastIndexOf(lineFeed, Math.min(bytes.length, offset + chunkBytes) - 1) + 1;
    chunks.push({ source: { id: 'log', path: 'log' }, bytes: bytes.subarray(offset, end), offset, live: false });
    offset = end;
  }
  return chunks;
}

/** Runs the whole log through a filter that is made for this run, as fail2ban-regex does. */
const filterAll =
  (options) =>
  ({ chunks, lines, hits }) =>
    measure(() => {
      const filter = compileFilter(config, options);
      let failures = 0;
      for (const chunk of chunks)
        filter.process(chunk, () => {
          failures += 1;
        });
      if (failures < hits) throw new Error(`${failures} failures in a log with at least ${hits}`);
    }, lines);

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'e107-failures',
  async prepare({ cache, quick, peer }) {
    const lines = quick ? 5000 : 200_000;
    const file = path.join(cache, `fail2ban-filter-access-${lines}.log`);
    if (!existsSync(file)) {
      await generateApacheLog({ path: file, bytes: lines * 250, hitRate: 0.01, seed: 7 });
      writeFileSync(file, firstLines(readFileSync(file), lines));
    }
    const bytes = readFileSync(file);
    // fail2ban-regex takes a minute of CPU for all lines; its rate does not depend on their number.
    const theirLines = quick ? 500 : 20_000;
    const theirFile = path.join(cache, `fail2ban-filter-access-${theirLines}.log`);
    if (peer) writeFileSync(theirFile, firstLines(bytes, theirLines));
    return { chunks: chunksOf(bytes), lines, hits: lines * 0.005, theirLines, theirFile };
  },
  measurements: [
    {
      metric: 'lines per CPU second',
      unit: 'lines/s',
      better: 'higher',
      target: 1000,
      ours: filterAll({ useDns: 'warn' }),
      theirs: {
        name: 'fail2ban-regex --no-check-all --usedns warn',
        available: () =>
          run('fail2ban-regex', ['--version']).then(
            () => true,
            () => 'it is not installed; run tools/setup-system.sh --peers (package fail2ban)',
          ),
        run: ({ theirFile, theirLines }) =>
          measureCommand(['fail2ban-regex', '--no-check-all', '--usedns', 'warn', theirFile, filterFile], theirLines),
      },
    },
    {
      metric: 'lines per CPU second, each line searched and dated (prefilter: false)',
      unit: 'lines/s',
      better: 'higher',
      target: null,
      ours: filterAll({ useDns: 'warn', prefilter: false }),
    },
  ],
};
