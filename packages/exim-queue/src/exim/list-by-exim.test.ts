import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CounterMetrics, fixedClock, type Reject, ringRejects } from '@sluice/pipeline';
import { ended, killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene, needsExim } from '../../../../tools/testing/exim/exim-scene.ts';
import { eximUser } from '../../../../tools/testing/exim/needs-exim.ts';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { manyMessages } from '../example-spool/many-messages.ts';
import { writeSpool } from '../example-spool/write-spool.ts';
import { messageIdMs } from '../id/message-id-ms.ts';
import { locateQueue } from '../locate-queue.ts';
import { metricNames } from '../metrics.ts';
import type { ListOptions } from '../options.ts';
import type { QueueEntry } from '../queue-entry.ts';
import type { QueueFilter } from '../queue-filter.ts';
import type { QueuePlace } from '../queue-place.ts';
import { eximEntryBatches } from './list-by-exim.ts';

const temp = tempFolder();
afterEach(killChildren);

/** A place whose Exim is a shell script. */
function fake(script: string, changes: Partial<QueuePlace> = {}): QueuePlace {
  const exim = temp('exim');
  writeFileSync(exim, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const spool = { spoolDirectory: temp(), spoolFrom: 'exim', queue: '', aside: true } as const;
  return { backend: 'exim', backendReason: 'a test', exim, ...spool, ...changes };
}

/** A place whose Exim prints a text, and how it ends. */
const printing = (text: string, end: string = 'exit 0'): QueuePlace => {
  writeFileSync(temp('text'), text);
  return fake(`cat ${temp('text')}; ${end}`);
};

async function listed(place: QueuePlace, options: ListOptions = {}): Promise<QueueEntry[]> {
  const entries: QueueEntry[] = [];
  for await (const batch of eximEntryBatches(place, options)) entries.push(...batch);
  return entries;
}

const ids = (entries: readonly QueueEntry[]): string[] => entries.map(({ id }) => id);
const message = (id: string, rest: string, size: string = '  351'): string =>
  ` 0m ${size} ${id} ${rest}\n          a@b\n\n`;
const four =
  message('1xVJLa-0005ku-01', '<a@x.test>') +
  message('1xVJLa-0005ku-02', '<> *** frozen ***', ' 1.2K') +
  '      1xVJLa-0005ku-03\n    *** spool format error: size=60 ***\n\n' +
  '      1xVJLa-0005ku-04\n    *** spool read error: No such file or directory ***\n\n' +
  message('1xVJLa-0005ku-05', '<b@x.test> (games)');

test('sorts as asked, and asks for a named queue by its name', async () => {
  const place = fake('echo "$*" >> "$0.args"', { config: '/c', queue: 'parked' });
  await listed(place);
  await listed({ ...place, queue: '' }, { order: 'none' });
  for (const queue of ['zeta', 'alpha']) mkdirSync(temp(`${queue}/input`), { recursive: true });
  mkdirSync(temp('input/x'), { recursive: true });
  await listed({ ...place, queue: '*' });
  expect(readFileSync(temp('exim.args'), 'utf8').split('\n')).toEqual(
    ['-qGparked -bp', '-bpr', '-bp', '-qGalpha -bp', '-qGzeta -bp', ''].map((args) =>
      args === '' ? '' : `-C /c ${args}`,
    ),
  );
});

test('what was listed, filtered, gone and rejected adds up', async () => {
  const metrics = new CounterMetrics();
  const rejects = ringRejects(10);
  const entries = await listed(printing(four), { where: { frozen: false }, metrics, rejects });
  expect(ids(entries)).toEqual(['1xVJLa-0005ku-01', '1xVJLa-0005ku-05']);
  const { found, emitted, filtered, gone, rejected, runs } = metricNames;
  expect(metrics.snapshot()).toEqual({ [found]: 5, [emitted]: 2, [filtered]: 1, [gone]: 1, [rejected]: 1, [runs]: 1 });
  expect(rejects.last).toMatchObject([
    { code: 'ERR_EXIM_QUEUE_DAMAGED', value: '1xVJLa-0005ku-03' } satisfies Partial<Reject>,
  ]);
});

test('a damaged message is an entry where no filter is given, or when it is asked for', async () => {
  const all = await listed(printing(four));
  expect(ids(all)).toEqual(['1xVJLa-0005ku-01', '1xVJLa-0005ku-02', '1xVJLa-0005ku-03', '1xVJLa-0005ku-05']);
  expect(all[2]).toMatchObject({ state: 'damaged', problem: { kind: 'envelope', sizeBytes: 60 } });
  const frozen = await listed(printing(four), { where: { frozen: true }, damaged: true });
  expect(ids(frozen)).toEqual(['1xVJLa-0005ku-02', '1xVJLa-0005ku-03']);
  expect(ids(await listed(printing(four), { damaged: false }))).toHaveLength(3);
});

test('a message of which Exim shows only the id is damaged, and adds up', async () => {
  const place = printing('      1xVJLa-0005ku-03\n\n');
  expect(await listed(place)).toMatchObject([{ state: 'damaged', problem: { kind: 'envelope' } }]);
  const metrics = new CounterMetrics();
  expect(await listed(place, { where: { frozen: true }, metrics })).toEqual([]);
  expect([metricNames.found, metricNames.rejected].map((name) => metrics.get(name))).toEqual([1, 1]);
});

test('ages are told by the ids, of damaged messages too', async () => {
  const clock = fixedClock(messageIdMs('1xVJLa-0005ku-01') + 60_000);
  expect(await listed(printing(four), { where: { olderThanMs: 60_001 }, clock })).toHaveLength(0);
  expect(await listed(printing(four), { where: { olderThanMs: 59_999 }, clock })).toHaveLength(4);
});

test.each<[string, QueueFilter]>([
  ['where.host', { host: '*' }],
  ['where.frozenForMs', { frozenForMs: 1 }],
  ['where.state', { state: ['frozen', 'new'] }],
  ['where.not.reason', { not: { reason: '*' } }],
  ['where.any[1].all[0].subject', { any: [{ frozen: true }, { all: [{ subject: 'x' }] }] }],
])('%s is refused, as the text does not tell it', async (path, where) => {
  await expect(listed(printing(four), { where })).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_OPTION',
    message: `${path} cannot be told from the list that Exim prints, and that is what is read here (a test)`,
  });
});

test('an Exim that ends badly ends the listing with its words, after what it had printed', async () => {
  const seen: string[] = [];
  const run = async (place: QueuePlace): Promise<void> => {
    for await (const batch of eximEntryBatches(place)) seen.push(...ids(batch));
  };
  const words = 'bad memory allocation requested (-2 bytes) from spool_read_header 539';
  await expect(run(printing(four, `echo '${words}' >&2; exit 1`))).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_EXIM',
    message: `Exim ended with exit code 1: ${words}`,
  });
  expect(seen).toHaveLength(4);
  await expect(run(printing(four, 'kill -9 $$'))).rejects.toMatchObject({ message: 'Exim ended with signal SIGKILL' });
  await expect(run(printing(four.slice(0, -1)))).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_EXIM',
    message: 'what Exim printed of its queue ends within a message',
  });
  await expect(run(fake('echo "exim: permission denied" >&2; exit 1'))).rejects.toMatchObject({
    code: 'ERR_EXIM_QUEUE_DENIED',
  });
});

test('an abort completes the listing quietly, and Exim is ended', async () => {
  writeFileSync(temp('text'), four);
  const abort = new AbortController();
  let batches = 0;
  for await (const _ of eximEntryBatches(fake(`cat ${temp('text')}; exec sleep 60`), { signal: abort.signal })) {
    batches += 1;
    abort.abort();
  }
  expect(batches).toBe(1);
});

test('options are checked at the call', () => {
  for (const wrong of [
    { order: 'size' },
    { maxHeaderFileBytes: 1 },
    { onProgress: 1 },
    { signal: 1 },
    { rejects: 1 },
  ]) {
    expect(() => eximEntryBatches(fake(''), wrong as never)).toThrow(
      expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION' }),
    );
  }
});

for (const { release, needs } of eximReleases) {
  describeWith(needs, `with the real Exim (${release})`, () => {
    test('lists what is there, queue by queue', async () => {
      const scene = await eximScene({ release });
      const first = await scene.submit({
        from: '"a> *** frozen ***"@x.test',
        to: ['a@defer.test', '"sp ace"@defer.test'],
      });
      const parked = await scene.submit({ from: '' });
      await scene.park('parked', parked);
      await scene.freeze(first);
      const place = await locateQueue({ ...scene.place, backend: 'exim', queue: '*' });
      expect(await listed(place)).toMatchObject([
        {
          id: first,
          queue: '',
          state: 'frozen',
          sender: '"a> *** frozen ***"@x.test',
          recipients: [{ address: 'a@defer.test' }, { address: '"sp ace"@defer.test' }],
        },
        { id: parked, queue: 'parked', state: 'deferred', isBounce: true },
      ]);
    });
  });
}

describeWith(needsExim, 'of a long queue', () => {
  let scene: EximScene;
  beforeAll(async () => {
    scene = await eximScene({ release: '4.96' });
    rmSync(scene.spool, { recursive: true });
    const messages = manyMessages({ count: 5000, nowMs: Date.now() });
    writeSpool(scene.spool, messages, { ids: 'short', owner: eximUser() ?? { uid: 0, gid: 0 } });
  });

  test('a member of the group who leaves the listing early is not told of the Exim that he may not end', async () => {
    const child = new URL('../testing/locate-child.ts', import.meta.url);
    const options = JSON.stringify({ backend: 'exim', batches: 1 });
    const wrapper = scene.as({ user: 'nobody', group: 'Debian-exim' }, []);
    const { stdout, stderr, code } = await ended(spawnChild(child, [options], {}, wrapper));
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(JSON.parse(stdout).ids.length).toBeLessThan(5000);
  });
});
