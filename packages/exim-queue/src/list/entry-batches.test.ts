import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CounterMetrics, fixedClock, ringRejects } from '@sluice/pipeline';
import fc from 'fast-check';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { exampleMessages } from '../example-spool/example-messages.ts';
import { manyMessages } from '../example-spool/many-messages.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { compareIds } from '../id/compare-ids.ts';
import { metricNames } from '../metrics.ts';
import type { ListOptions, QueueField } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueueFilter } from '../queue-filter.ts';
import type { QueuePlace } from '../queue-place.ts';
import { readMessage } from '../spool/read-message.ts';
import { placeOf } from '../testing/place-of.ts';
import { compileFilter } from '../where/compile-filter.ts';
import { countMessages } from './count-messages.ts';
import { entryBatches } from './entry-batches.ts';
import { ListPass } from './list-pass.ts';
import { listSettings } from './list-settings.ts';
import { entriesOf } from './testing/entries-of.ts';

const nowMs = 1_795_399_292_000;
const all: readonly QueueField[] = ['size', 'locks', 'reasons', 'headers'];
const list = (place: QueuePlace, options: ListOptions = {}): Promise<QueueEntry[]> =>
  entriesOf(entryBatches(place, { clock: fixedClock(nowMs), ...options }));
const ids = (entries: readonly QueueEntry[]): string[] => entries.map(({ id }) => id);

/** Each message of the examples, damaged ones among them, and many ordinary ones in a split spool. */
const examples = newFolder();
const many = newFolder();
const mixed = [
  ...exampleMessages(nowMs),
  ...[...manyMessages({ count: 60, seed: 3, nowMs })].map((message) => ({ ...message, queue: 'parked' })),
];
let written: readonly string[] = [];
beforeAll(() => {
  written = writeSpool(examples, mixed, { split: true }).ids;
  writeSpool(many, manyMessages({ count: 700, seed: 5, nowMs }), { split: true, ids: 'short' });
});

test('messages come in the order of their arrival, from all folders together', async () => {
  const entries = await list(placeOf(examples, { queue: '*' }), { fields: [] });
  expect(ids(entries)).toEqual(ids(entries).sort(compareIds));
  const there = mixed.flatMap(({ damage }, index) => (damage === 'no-header-file' ? [] : [written[index] ?? '']));
  expect(ids(entries).sort()).toEqual([...there].sort());
});

test('each entry is what reading the message alone gives', async () => {
  const place = placeOf(examples, { queue: '*' });
  for (const entry of await list(place, { fields: all }))
    expect(entry).toEqual(readMessage(place, entry.id, { fields: all, queue: entry.queue }));
});

test('without an order the same messages come', async () => {
  const place = placeOf(many);
  const entries = await list(place, { order: 'none' });
  expect(entries.sort((a, b) => compareIds(a.id, b.id))).toEqual(await list(place));
  expect(entries).toHaveLength(700);
});

test('files that are fetched ahead give the same', async () => {
  for (const spool of [examples, many]) {
    const place = placeOf(spool, { queue: '*' });
    for (const where of [undefined, { frozen: true }, { olderThanMs: 86_400_000 }] satisfies (
      | QueueFilter
      | undefined
    )[]) {
      const options = { ...(where && { where }), fields: all, clock: fixedClock(nowMs), maxParallelReads: 3 };
      const settings = listSettings(options);
      const filter = where && (await compileFilter(where));
      const pass = new ListPass(place, { settings, filter, signal: new AbortController().signal, isSlow: true });
      expect(await entriesOf(pass.run())).toEqual(await list(place, options));
    }
  }
});

test('a filter selects what it selects of all entries', async () => {
  const place = placeOf(examples, { queue: '*' });
  const entries = await list(place, { fields: all });
  const pattern = fc.constantFrom('*', '', '*@*.test', '*a*', 'r*', { regex: '[0-9]' }, ['x*', { regex: 'e' }]);
  const leaf: fc.Arbitrary<QueueFilter> = fc.oneof(
    ...(['frozen', 'bounce'] as const).map((name) => fc.boolean().map((value): QueueFilter => ({ [name]: value }))),
    ...(['sender', 'senderDomain', 'recipient', 'recipientDomain', 'host', 'authId', 'login', 'protocol'] as const).map(
      (name) => pattern.map((value): QueueFilter => ({ [name]: value })),
    ),
    ...(['subject', 'reason'] as const).map((name) => pattern.map((value): QueueFilter => ({ [name]: value }))),
    ...(['olderThanMs', 'youngerThanMs', 'frozenForMs'] as const).map((name) =>
      fc.constantFrom(0, 60_000, 7_200_000, 86_400_000, 500_000_000).map((value): QueueFilter => ({ [name]: value })),
    ),
    fc.constantFrom('new', 'deferred', 'frozen', 'delivering', 'damaged').map((state): QueueFilter => ({ state })),
    fc.constantFrom(0, 500, 5000).map((min): QueueFilter => ({ sizeBytes: { min, max: min * 4 } })),
    fc.constantFrom(0, 1, 2).map((max): QueueFilter => ({ recipients: { max } })),
    fc.subarray([...written], { maxLength: 30 }).map((some): QueueFilter => ({ ids: some })),
  );
  const filter = fc.oneof(
    leaf,
    leaf.map((not): QueueFilter => ({ not })),
    fc.tuple(leaf, leaf).map(([a, b]): QueueFilter => ({ any: [a, { not: b }] })),
    fc.tuple(leaf, leaf).map(([a, b]): QueueFilter => ({ ...a, all: [b] })),
  );
  await fc.assert(
    fc.asyncProperty(filter, async (where) => {
      const compiled = await compileFilter(where);
      const metrics = new CounterMetrics();
      const expected = ids(entries.filter((entry) => compiled.matches(entry, nowMs)));
      expect(ids(await list(place, { where, fields: [], metrics }))).toEqual(expected);
      const count = (name: keyof typeof metricNames): number => metrics.get(metricNames[name]);
      expect(count('emitted')).toBe(expected.length);
      expect(count('found')).toBe(entries.length);
      expect(count('emitted') + count('filtered') + count('gone') + count('rejected')).toBe(entries.length);
    }),
    { numRuns: 150 },
  );
});

test('what a filter rules out by the id is not opened', async () => {
  const metrics = new CounterMetrics();
  await list(placeOf(many), { where: { olderThanMs: 1e12 }, metrics });
  expect([metrics.get(metricNames.files), metrics.get(metricNames.filtered)]).toEqual([0, 700]);
});

test('what a filter needs is read though it was not asked for', async () => {
  const [entry] = await list(placeOf(many), { where: { sizeBytes: { min: 1 }, subject: '*' }, fields: [] });
  expect(entry?.sizeBytes).toBeGreaterThan(0);
  expect(Object.keys(entry?.headers ?? {})).toEqual(['subject']);
});

test('the field headers gives those that are asked for, and all without', async () => {
  const place = placeOf(many);
  const some = await list(place, { fields: ['headers'], headers: ['From', 'message-id'] });
  expect(Object.keys(some[0]?.headers ?? {}).sort()).toEqual(['from', 'message-id']);
  const [whole] = await list(place, { fields: ['headers'] });
  expect(Object.keys(whole?.headers ?? {})).toContain('received');
});

describe('damaged messages', () => {
  const damagedIds = (entries: readonly QueueEntry[]): string[] =>
    ids(entries.filter(({ state }) => state === 'damaged'));

  test('are emitted with a problem and rejected as well', async () => {
    const rejects = ringRejects(100);
    const entries = await list(placeOf(examples), { rejects });
    expect(damagedIds(entries).length).toBeGreaterThan(2);
    const problems = ids(entries.filter(({ problem }) => problem !== undefined));
    expect(rejects.last.map(({ value }) => value)).toEqual(problems);
    expect(new Set(rejects.last.map(({ code }) => code))).toEqual(new Set(['ERR_EXIM_QUEUE_DAMAGED']));
  });

  test('are only rejected where a filter does not select them, unless they are asked for', async () => {
    const place = placeOf(examples);
    const rejects = ringRejects(100);
    const metrics = new CounterMetrics();
    const wanted = damagedIds(await list(place));
    expect(damagedIds(await list(place, { where: { bounce: false }, rejects, metrics }))).toEqual([]);
    expect(rejects.last.map(({ value }) => value)).toEqual(expect.arrayContaining(wanted));
    expect(metrics.get(metricNames.rejected)).toBe(wanted.length);
    expect(damagedIds(await list(place, { where: { bounce: false }, damaged: true }))).toEqual(wanted);
    expect(ids(await list(place, { where: { state: 'damaged' } }))).toEqual(wanted);
    expect(damagedIds(await list(place, { damaged: false }))).toEqual([]);
  });
});

describe('while the queue changes', () => {
  const folder = tempFolder();
  const spool = (): string => {
    const directory = folder('spool');
    writeSpool(directory, manyMessages({ count: 2000, seed: 7, nowMs }));
    return directory;
  };

  test('messages that vanish between listing and reading are counted', async () => {
    const directory = spool();
    const metrics = new CounterMetrics();
    const seen: string[] = [];
    for await (const batch of entryBatches(placeOf(directory), { metrics })) {
      if (seen.length === 0) for (const name of readdirSync(`${directory}/input`)) rmSync(`${directory}/input/${name}`);
      seen.push(...ids(batch));
    }
    expect(seen.length).toBeLessThan(2000);
    expect([metrics.get(metricNames.found), metrics.get(metricNames.gone)]).toEqual([2000, 2000 - seen.length]);
  });

  test('a batch comes only when it is asked for, and an abort ends the stream', async () => {
    const directory = spool();
    const abort = new AbortController();
    const iterator = entryBatches(placeOf(directory), { signal: abort.signal })[Symbol.asyncIterator]();
    const { value } = await iterator.next();
    expect(value.length).toBeLessThan(2000);
    abort.abort();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await list(placeOf(directory), { signal: abort.signal })).toEqual([]);
  });

  test('a working directory that changes does not mislead it', async () => {
    const directory = spool();
    const home = process.cwd();
    const entries: QueueEntry[] = [];
    try {
      process.chdir(directory);
      for await (const batch of entryBatches(placeOf(directory))) {
        entries.push(...batch);
        process.chdir(process.cwd() === home ? directory : home);
      }
    } finally {
      process.chdir(home);
    }
    expect(entries).toEqual(await list(placeOf(directory)));
    expect(entries).toHaveLength(2000);
  });
});

describe('folders', () => {
  const folder = tempFolder();

  test('one that cannot be read is rejected, and the others are read', async () => {
    writeSpool(folder('spool'), manyMessages({ count: 40, seed: 1, nowMs }), { split: true });
    const [split = ''] = readdirSync(folder('spool/input'));
    renameSync(folder(`spool/input/${split}`), folder('spool/moved'));
    // A loop of links is a directory that nobody can read, not even root.
    const { symlinkSync } = await import('node:fs');
    symlinkSync(split, folder(`spool/input/${split}`));
    const rejects = ringRejects(9);
    const entries = await list(placeOf(folder('spool')), { rejects });
    expect(entries.length).toBeGreaterThan(0);
    expect(rejects.last).toEqual([
      expect.objectContaining({ code: 'ERR_EXIM_QUEUE_UNREADABLE', path: folder(`spool/input/${split}/`) }),
    ]);
  });

  test('a spool that is not there is an error, and one without messages is empty', async () => {
    const missing = placeOf(folder('nowhere'));
    await expect(list(missing)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
    await expect(countMessages(missing)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
    mkdirSync(folder('empty/input'), { recursive: true });
    expect(await list(placeOf(folder('empty')))).toEqual([]);
    expect(await countMessages(placeOf(folder('empty')))).toBe(0);
  });

  test('names alone are counted, damaged messages too', async () => {
    expect(await countMessages(placeOf(many))).toBe(700);
    const place = placeOf(examples, { queue: '*' });
    expect(await countMessages(place)).toBe((await list(place)).length);
    writeFileSync(folder('x'), '');
    await expect(countMessages(place, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

test('progress tells how many there were at the end', async () => {
  const told: unknown[] = [];
  await list(placeOf(many), { onProgress: (progress) => told.push(progress) });
  expect(told.at(-1)).toEqual({ done: 700, total: 700 });
});

test.each([
  [{ fields: ['sizes'] }, "fields must be a list of 'size', 'locks', 'reasons', 'headers', not \"sizes\""],
  [{ order: 'age' }, "order must be 'arrival' or 'none', not \"age\""],
  [{ maxParallelReads: 65 }, 'maxParallelReads must be an integer from 1 to 64, not 65'],
  [{ maxHeaderFileBytes: 1 }, 'maxHeaderFileBytes must be an integer from 4096 to 67108864, not 1'],
  [{ headers: [''] }, 'headers must be a list of names of headers, not ""'],
  [{ damaged: 1 }, 'damaged must be true or false, not 1'],
  [{ onProgress: 1 }, 'onProgress must be a function, not 1'],
])('%j is refused at the call', (options, message) => {
  expect(() => entryBatches(placeOf(many), options as ListOptions)).toThrow(
    expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION', message }),
  );
});
