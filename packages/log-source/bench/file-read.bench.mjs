// One-shot reading of a large file: against a bare loop of reads, which does nothing with the bytes, and against the
// tools that people count lines with.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { readFiles } from '@sluice/log-source';
import { CounterMetrics } from '@sluice/pipeline';
import { lastValueFrom } from 'rxjs';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { generateApacheLog } from '../../../tools/generate-log.mjs';

const chunkBytes = 262_144;
const mib = 2 ** 20;
/** A run reads the plain file so often: at these rates, one reading would measure how the program warms up. */
const times = 32;

/** @param {string} file */
function readAll(file) {
  const fd = openSync(file, 'r');
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  let bytes = 0;
  for (let got = 1; got > 0; bytes += got) got = readSync(fd, buffer, 0, chunkBytes, bytes);
  closeSync(fd);
  return bytes;
}

/**
 * @param {string | string[]} files
 * @param {import('@sluice/log-source').ReadOptions} [options]
 */
const drain = (files, options) => lastValueFrom(readFiles(files, options), { defaultValue: undefined });

/** @param {string} program */
const isThere = (program) => async () => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return `${program} is missing; install the package ${program}`;
  }
};

/** @typedef {{ file: string, packed: string, mib: number }} Context */

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'file-read',
  async prepare({ cache, quick }) {
    const size = quick ? 32 : 256;
    const file = path.join(cache, `log-source-file-read-${size}.log`);
    if (!existsSync(file)) {
      await generateApacheLog({ path: `${file}.new`, bytes: size * mib });
      renameSync(`${file}.new`, file);
    }
    const packed = `${file}.gz`;
    if (!existsSync(packed)) execFileSync('gzip', ['-k', '-6', file]);
    // Into the page cache: the disk is not what is measured.
    readAll(file);
    readAll(packed);
    return { file, packed, mib: statSync(file).size / mib };
  },
  measurements: [
    {
      metric: 'plain file, whole lines',
      unit: 'MiB per CPU second',
      better: 'higher',
      target: 0.8,
      ours: ({ file, mib }) => measure(() => drain(Array(times).fill(file)), mib * times),
      theirs: {
        name: 'a bare loop of fs.readSync',
        available: async () => true,
        run: ({ file, mib }) =>
          measure(() => {
            for (let time = 0; time < times; time += 1) readAll(file);
          }, mib * times),
      },
    },
    {
      metric: 'plain file, lines counted',
      unit: 'MiB per CPU second',
      better: 'higher',
      target: null,
      ours: ({ file, mib }) => measure(() => drain(file, { metrics: new CounterMetrics() }), mib),
      theirs: {
        name: 'cat FILE | wc -l',
        available: isThere('wc'),
        run: ({ file, mib }) => measureCommand(['sh', '-c', 'cat "$1" | wc -l', '-', file], mib),
      },
    },
    {
      metric: 'gzip file, lines counted',
      unit: 'MiB (plain) per CPU second',
      better: 'higher',
      target: null,
      ours: ({ packed, mib }) => measure(() => drain(packed, { metrics: new CounterMetrics() }), mib),
      theirs: {
        name: 'gzip -dc FILE | wc -l',
        available: isThere('gzip'),
        run: ({ packed, mib }) => measureCommand(['sh', '-c', 'gzip -dc "$1" | wc -l', '-', packed], mib),
      },
    },
  ],
};
