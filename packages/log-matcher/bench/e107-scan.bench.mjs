import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastBreak, PatternSet } from '@sluice/log-matcher';
import { measure, measureCommand } from '../../../tools/bench/measure.mjs';
import { generateApacheLog } from '../../../tools/generate-log.mjs';
import { namedRules, unnamedRules } from './e107-rules.mjs';

const chunkBytes = 262_144;
const pythonScript = fileURLToPath(new URL('python-lines.py', import.meta.url));

/** The log, written once: under another name until it is whole. */
async function logFile(cache, megabytes, hitRate) {
  const file = path.join(cache, `apache-${megabytes}mb-${hitRate}-seed1.log`);
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    await generateApacheLog({ path: unfinished, bytes: megabytes * 1e6, hitRate, seed: 1 });
    renameSync(unfinished, file);
  }
  return file;
}

/** Reads a file in chunks of whole lines. */
function eachChunk(file, visit) {
  const descriptor = openSync(file, 'r');
  const buffer = new Uint8Array(2 * chunkBytes);
  let rest = 0;
  let total = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, rest, chunkBytes, null);
    total += read;
    const bytes = buffer.subarray(0, rest + read);
    const end = read === 0 ? bytes.length : lastBreak(bytes) + 1;
    visit(bytes.subarray(0, end));
    if (read === 0) break;
    buffer.copyWithin(0, end, bytes.length);
    rest = bytes.length - end;
  }
  closeSync(descriptor);
  return total;
}

/** Matching lines, with the host's text read of each, and bytes. */
function scanFile(set, file, options) {
  let hits = 0;
  const bytes = eachChunk(file, (chunk) => {
    set.scan(
      chunk,
      (match) => {
        if ((match.text('ip4') ?? match.text('ip6') ?? match.text('dns')) !== undefined) hits += 1;
      },
      options,
    );
  });
  return { hits, bytes };
}

/** As fail2ban does with a date. */
const cutDate = ({ text }) => {
  const start = text.indexOf('[') + 1;
  const end = text.indexOf(']', start);
  return start === 0 || end === -1 ? undefined : { start, end };
};

/** Scans a file some times, in megabytes per CPU second; a bench that counts something else than its peer is void. */
async function ours({ set, hits }, file, times, options = {}) {
  const { bytes } = scanFile(set, file, options);
  return measure(
    () => {
      for (let n = 0; n < times; n++) same(hits.get(file), scanFile(set, file, options).hits, 'ours');
    },
    (bytes * times) / 1e6,
  );
}

function same(expected, found, who) {
  if (expected !== found) throw new Error(`void: ${who} found ${found} matching lines, not ${expected}`);
}

const available = (command, cure) => async () => spawnSync(command, ['--version']).status === 0 || cure;

async function theirs({ hits }, file, argv) {
  const megabytes = eachChunk(file, () => {}) / 1e6;
  const run = await measureCommand(argv, megabytes, { keepOutput: true });
  same(hits.get(file), Number(run.output), argv[0]);
  return run;
}

const throughput = { metric: 'MB per CPU second', unit: 'MB/s', better: 'higher' };
const python = {
  name: 'python3 re, line by line',
  available: available('python3', 'needs python3; install python3'),
  run: (context) => theirs(context, context.small, ['python3', pythonScript, context.small, context.named]),
};
const ripgrep = {
  name: 'ripgrep -c --no-unicode',
  available: available('rg', 'needs rg; install ripgrep'),
  run: (context) => theirs(context, context.large, ['rg', '-c', '--no-unicode', '-f', context.unnamed, context.large]),
};

/** @type {import('../../../tools/bench/types.d.ts').Bench} */
export default {
  name: 'e107-scan',
  async prepare({ cache, quick }) {
    const set = PatternSet.compile(namedRules, { finalBreak: true });
    const small = await logFile(cache, quick ? 1 : 2, 0.01);
    const large = await logFile(cache, quick ? 4 : 128, 0.01);
    const crowded = await logFile(cache, quick ? 1 : 16, 1);
    const named = path.join(cache, 'log-matcher-e107-named.json');
    const unnamed = path.join(cache, 'log-matcher-e107-unnamed.txt');
    writeFileSync(named, JSON.stringify(namedRules));
    writeFileSync(unnamed, `${unnamedRules.join('\n')}\n`);
    // Without the prefilter every line is searched: that is what the counts are held to. The large log is held to its peer's.
    const plain = PatternSet.compile(namedRules, { finalBreak: true, prefilter: false });
    const hits = new Map([small, crowded].map((file) => [file, scanFile(plain, file, {}).hits]));
    hits.set(large, scanFile(set, large, {}).hits);
    return { set, small, large, crowded, named, unnamed, hits, times: quick ? 2 : 40 };
  },
  measurements: [
    {
      ...throughput,
      metric: 'e107, 1 % hits, id and host: MB per CPU second',
      target: 100,
      ours: (context) => ours(context, context.small, context.times),
      theirs: python,
    },
    {
      ...throughput,
      metric: 'e107, 1 % hits, ours with host, theirs a count: MB per CPU second',
      target: 1,
      ours: (context) => ours(context, context.large, 1),
      theirs: ripgrep,
    },
    {
      ...throughput,
      metric: 'e107, 1 % hits, date cut out: MB per CPU second',
      target: null,
      ours: (context) => ours(context, context.large, 1, { cut: cutDate }),
    },
    {
      ...throughput,
      metric: 'e107, every line hits: MB per CPU second',
      target: null,
      ours: (context) => ours(context, context.crowded, 1),
    },
  ],
};
