import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFiles } from '../check/testing/write-files.mjs';
import { door } from './door.mjs';
import { findBenches } from './find-benches.mjs';

/** A bench that writes down what is asked of it, instead of measuring anything. */
const fakeBench = `
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
const log = (root, text) => appendFileSync(path.join(root, 'calls'), text + '\\n');
let ours = 0;
const theirs = {
  name: 'rival 1.0',
  available: async () => true,
  run: async ({ root }) => (log(root, 'theirs'), { value: 10, wallMs: 1, cpuMs: 1 }),
};
export default {
  name: 'speed',
  async prepare({ cache, quick, peer }) {
    const root = path.join(cache, '../..');
    log(root, \`prepare quick=\${quick} peer=\${peer}\`);
    writeFileSync(path.join(cache, 'data'), 'made once');
    return { root };
  },
  measurements: [
    {
      metric: 'lines per CPU second', unit: 'lines/s', better: 'higher', target: 5, theirs,
      ours: async ({ root }) => (log(root, 'ours'), { value: [1, 90, 60, 2, 70][ours++ % 5], wallMs: 1, cpuMs: 1 }),
    },
    { metric: 'start', unit: 'ms', better: 'lower', target: 3, theirs, ours: async () => ({ value: 4, wallMs: 1, cpuMs: 1 }) },
    {
      metric: 'size', unit: 'B', better: 'lower', target: 1,
      theirs: { ...theirs, name: 'absent', available: async () => 'not installed; apt-get install absent' },
      ours: async () => ({ value: 7, wallMs: 1, cpuMs: 1 }),
    },
  ],
  async cleanup({ root }) { log(root, 'cleanup'); },
};
`;
const severalPeers = `
const peer = (name, value, target) => ({
  name, available: async () => name !== 'absent' || 'not installed', run: async (log) => (log.push(name), { value, wallMs: 3, cpuMs: 2 }),
  ...(target === undefined ? {} : { target }),
});
export default {
  name: 'several',
  prepare: async () => [],
  measurements: [
    {
      metric: 'rate', unit: 'MB/s', better: 'higher', target: 2,
      ours: async (log) => (log.push('ours'), { value: 10, wallMs: 7, cpuMs: 5 }),
      theirs: [peer('slow', 2, 6), peer('absent', 1), peer('fast', 4)],
    },
    { metric: 'order', unit: 'runs', better: 'higher', target: null, ours: async (log) => {
      if (String(log.slice(0, 4)) !== 'ours,slow,fast,ours') throw new Error(String(log));
      return { value: log.length, wallMs: 1, cpuMs: 1 };
    } },
    { metric: 'needs more', unit: 's', better: 'lower', target: null, available: async () => 'no data; make some',
      ours: async () => { throw new Error('was measured'); } },
  ],
};
`;
const failingBench = `
export default {
  name: 'broken',
  prepare: async () => ({}),
  measurements: [
    { metric: 'a', unit: 's', better: 'lower', target: null, ours: async () => { throw new Error('ran out of luck'); } },
    { metric: 'b', unit: 's', better: 'lower', target: null, ours: async () => ({ value: 2, wallMs: 1, cpuMs: 1 }) },
  ],
};
`;

/** @type {string} */
let root;
/** @type {string} */
let out;
/** @type {string} */
let notes;
/** @type {string[]} */
let built;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'sluice-door-'));
  out = '';
  notes = '';
  built = [];
  writeFiles(root, {
    'packages/fast/bench/speed.bench.mjs': fakeBench,
    'packages/fast/bench/README.md': '',
    'packages/unbenched/package.json': '{}',
    'apps/broken/bench/broken.bench.mjs': failingBench,
  });
});
afterEach(() => rmSync(root, { recursive: true }));

/** @param {readonly string[]} args */
const run = (...args) =>
  door(args, {
    root,
    makeReady: (packages) => built.push(...packages.map(({ name }) => name)) > 0,
    out: (text) => {
      out += text;
    },
    note: (text) => {
      notes += `${text}\n`;
    },
  });

const calls = () => readFileSync(path.join(root, 'calls'), 'utf8').trimEnd().split('\n');
const rows = () =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('runs ours and theirs by turns and takes the median of five', async () => {
  expect(await run('fast', '--json')).toBe(0);
  expect(calls().slice(0, 11)).toEqual(['prepare quick=false peer=true', ...Array(5).fill(['ours', 'theirs']).flat()]);
  expect(calls().at(-1)).toBe('cleanup');
  expect(rows()[0]).toEqual({
    bench: 'fast',
    name: 'speed',
    metric: 'lines per CPU second',
    ours: 60,
    theirs: 10,
    ratio: 6,
    target: 5,
    met: true,
  });
});

test('a ratio of what should be low says how many times lower ours is', async () => {
  await run('fast', '--json');
  expect(rows()[1]).toMatchObject({ ours: 4, theirs: 10, ratio: 2.5, target: 3, met: false });
});

test('a peer that is not there leaves theirs empty and says why in the notes', async () => {
  await run('fast', '--json');
  expect(rows()[2]).toMatchObject({ ours: 7, theirs: null, ratio: null, target: 1, met: null });
  expect(notes).toMatch('absent is left out: not installed; apt-get install absent');
});

test('several peers run by turns with ours and get a row each, with a target of their own', async () => {
  writeFiles(root, { 'packages/several/bench/several.bench.mjs': severalPeers });
  expect(await run('several', '--json')).toBe(0);
  expect(rows()).toMatchObject([
    { metric: 'rate', ours: 10, theirs: 2, ratio: 5, target: 6, met: false },
    { metric: 'rate', ours: 10, theirs: null, ratio: null, target: 2, met: null },
    { metric: 'rate', ours: 10, theirs: 4, ratio: 2.5, target: 2, met: true },
    { metric: 'order', ours: 15 },
  ]);
  expect(notes).toMatch('absent is left out: not installed');
});

test('a measurement that cannot be made here is left out and says why in the notes', async () => {
  writeFiles(root, { 'packages/several/bench/several.bench.mjs': severalPeers });
  expect(await run('several', '--json')).toBe(0);
  expect(notes).toMatch('several/several: needs more is left out: no data; make some');
  expect(notes).not.toMatch('was measured');
});

test('siblings whose build a bench reads are built too', async () => {
  writeFiles(root, {
    'packages/fast/bench/support/sibling.mjs':
      "await import(new URL('../../../other/dist/index.js', import.meta.url));",
  });
  expect(findBenches(root).find(({ name }) => name === 'fast')?.siblings).toEqual(['other']);
});

test('--quick runs once and tells the bench so', async () => {
  expect(await run('fast', '--quick', '--json')).toBe(0);
  expect(calls().slice(0, 3)).toEqual(['prepare quick=true peer=true', 'ours', 'theirs']);
  expect(rows()[0]).toMatchObject({ ours: 1 });
});

test('without --json prints one aligned table', async () => {
  await run('fast', '--quick');
  expect(out.trimEnd().split('\n')).toHaveLength(4);
  expect(out).toMatch(
    /^name +metric +ours +theirs +ratio +target +met\nfast\/speed +lines per CPU second against rival 1\.0 /,
  );
});

test('generated data lies in the cache of the workspace', async () => {
  await run('fast', '--quick');
  expect(readFileSync(path.join(root, '.cache/bench/data'), 'utf8')).toBe('made once');
});

test.each([['fast'], ['@sluice/fast'], ['packages/fast']])('%s names the package', async (name) => {
  expect(await run(name, '--quick')).toBe(0);
  expect(built).toEqual(['fast']);
});

test('without a name all packages and apps that have a bench are built and run', async () => {
  await run('--quick');
  expect(built).toEqual(['fast', 'broken']);
});

test('a measurement that fails is told, the others are done, and the exit code is 1', async () => {
  expect(await run('broken', '--quick', '--json')).toBe(1);
  expect(notes).toMatch('broken/broken: a failed: Error: ran out of luck');
  expect(rows()).toEqual([expect.objectContaining({ metric: 'b', ours: 2, theirs: null, ratio: null, met: null })]);
});

test('a bench that cannot be loaded fails with its name', async () => {
  writeFiles(root, { 'apps/broken/bench/broken.bench.mjs': "import 'no-such-package';" });
  expect(await run('broken')).toBe(1);
  expect(notes).toMatch('broken: broken.bench.mjs failed: ');
});

test.each([
  ['a package that is not there', ['none'], 'none is no package here; those with one are: fast, broken'],
  ['a package without a bench', ['unbenched'], 'unbenched has no bench'],
  ['an unknown option', ['--fast'], "Unknown option '--fast'"],
  ['a record of a quick run', ['--quick', '--record'], '--quick and --record do not go together'],
])('%s is wrong usage: exit code 2, nothing on standard output', async (_name, args, message) => {
  expect(await run(...args)).toBe(2);
  expect(notes).toMatch(message);
  expect(notes).toMatch('usage: npm run bench');
  expect(out).toBe('');
});

test('a failed build ends it with exit code 1', async () => {
  const options = { root, makeReady: () => false, out: () => {}, note: () => {} };
  expect(await door(['fast'], options)).toBe(1);
});

test('--record writes the dated record and the page on performance, which keeps what people wrote', async () => {
  expect(await run('fast', '--record')).toBe(0);
  const [file = ''] = readdirSync(path.join(root, 'packages/fast/bench/record'));
  expect(file).toMatch(/^\d{4}-\d\d-\d\d\.json$/);
  const record = JSON.parse(readFileSync(path.join(root, 'packages/fast/bench/record', file), 'utf8'));
  expect(record).toMatchObject({
    date: file.slice(0, 10),
    machine: { cores: expect.any(Number), node: process.version },
  });
  expect(record.results[0]).toMatchObject({
    unit: 'lines/s',
    better: 'higher',
    peer: 'rival 1.0',
    runs: 5,
    row: { ours: 60 },
    times: { ours: { wallMs: 1, cpuMs: 1 }, theirs: { wallMs: 1, cpuMs: 1 } },
  });

  const page = path.join(root, 'docs/performance.md');
  const first = readFileSync(page, 'utf8');
  expect(first).toMatch(
    '| fast/speed | lines per CPU second against rival 1.0 | 60 lines/s | 10 lines/s | 6× | 5× | yes |',
  );
  writeFiles(root, {
    'docs/performance.md': `${first}\nWhere we lose: start.\n`,
    'packages/fast/bench/record/2000-01-01.json': JSON.stringify({ ...record, date: '2000-01-01' }),
  });
  await run('fast', '--record');
  expect(readFileSync(page, 'utf8')).toBe(`${first}\nWhere we lose: start.\n`);
});

test('a package whose bench failed is not recorded', async () => {
  expect(await run('broken', '--record')).toBe(1);
  expect(readdirSync(path.join(root, 'apps/broken/bench'))).toEqual(['broken.bench.mjs']);
});
