// A saved log of Subversion, `svn log --xml -v`, read to its end: processor time and memory, against the XML parsers that
// a program in JavaScript would take.
import { existsSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { measureCommand } from '../../../tools/bench/measure.mjs';
import { writeSvnLogXml } from '../../../tools/generate/svn-log-xml.mjs';

const program = path.join(import.meta.dirname, 'xml-pass.mjs');

/** @typedef {{ file: string, large: string, megabytes: number }} Context */
/** @typedef {import('../../../tools/bench/types.d.ts').Run} Run */

/** What the first reader found in each file: the others have to find the same. @type {Map<string, string>} */
const found = new Map();

/**
 * @param {string} reader
 * @param {string} file
 */
async function pass(reader, file) {
  // With room for those that hold the whole document.
  const argv = [process.execPath, '--max-old-space-size=8192', program, reader, file];
  const { output } = await measureCommand(argv, 1, { keepOutput: true });
  const { sums, wallMs, cpuMs, memoryMiB } = JSON.parse(output);
  const text = JSON.stringify(sums);
  if (text !== (found.get(file) ?? text)) throw new Error(`${reader} found ${text} in ${file}, not ${found.get(file)}`);
  found.set(file, text);
  return { wallMs, cpuMs, memoryMiB };
}

/** @param {string} reader @returns {(context: Context) => Promise<Run>} */
const cpu = (reader) => async (context) => {
  const { wallMs, cpuMs } = await pass(reader, context.file);
  return { value: (context.megabytes / cpuMs) * 1000, wallMs, cpuMs };
};

/** @param {string} reader @param {'file' | 'large'} which @returns {(context: Context) => Promise<Run>} */
const memory = (reader, which) => async (context) => {
  const { wallMs, cpuMs, memoryMiB } = await pass(reader, context[which]);
  return { value: memoryMiB, wallMs, cpuMs };
};

const available = async () => /** @type {const} */ (true);
const whole = 'fast-xml-parser, whole document';
const byEntry = 'fast-xml-parser, entry by entry';

/** @param {string} cache @param {number} megabytes */
async function logOf(cache, megabytes) {
  const file = path.join(cache, `svn-log-${megabytes}mb.xml`);
  if (!existsSync(file)) {
    await writeSvnLogXml(`${file}.new`, megabytes * 1e6);
    renameSync(`${file}.new`, file);
  }
  return file;
}

/** @type {import('../../../tools/bench/types.d.ts').Bench<Context>} */
export default {
  name: 'xml',
  async prepare({ cache, quick }) {
    const file = await logOf(cache, quick ? 4 : 100);
    const large = await logOf(cache, quick ? 12 : 400);
    return { file, large, megabytes: statSync(file).size / 1e6 };
  },
  measurements: [
    {
      metric: 'log of 100 MB',
      unit: 'MB per CPU second',
      better: 'higher',
      target: 4,
      ours: cpu('scanner'),
      theirs: [
        { name: whole, available, run: cpu(whole) },
        { name: byEntry, available, run: cpu(byEntry) },
        { name: 'saxes', available, target: 1.5, run: cpu('saxes') },
        { name: 'our parser: fast-xml-parser', available, target: null, run: cpu('fallback') },
      ],
    },
    {
      metric: 'log of 100 MB, largest memory (goal: 100)',
      unit: 'MiB',
      better: 'lower',
      target: null,
      ours: memory('scanner', 'file'),
      theirs: [
        { name: whole, available, run: memory(whole, 'file') },
        { name: 'saxes', available, run: memory('saxes', 'file') },
      ],
    },
    {
      metric: 'log of 400 MB, largest memory (goal: 100)',
      unit: 'MiB',
      better: 'lower',
      target: null,
      ours: memory('scanner', 'large'),
      theirs: { name: 'saxes', available, run: memory('saxes', 'large') },
    },
  ],
};
