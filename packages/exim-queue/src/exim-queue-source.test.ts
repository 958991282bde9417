import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { CounterMetrics, fixedClock, ringRejects } from '@sluice/pipeline';
import { lastValueFrom, take, toArray } from 'rxjs';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../tools/testing/exim/exim-scene.ts';
import { tempFolder } from '../../../tools/testing/temp-folder.ts';
import type { ExampleMessage } from './example-spool/example-message.ts';
import { exampleMessages } from './example-spool/example-messages.ts';
import { writeSpool } from './example-spool/write-spool.ts';
import { openQueue } from './exim-queue-source.ts';
import { metricNames } from './metrics.ts';

const temp = tempFolder();
const nowMs = Date.UTC(2026, 10, 23, 12);

/** A spool with our corner cases; gives the ids. */
const exampleSpool = (messages: Iterable<ExampleMessage> = exampleMessages(nowMs)): readonly string[] =>
  writeSpool(temp('sp'), messages).ids;

test('nothing is looked for before it is needed, and each subscription looks anew at the messages', async () => {
  const queue = openQueue({ spool: temp('sp') });
  const list = queue.list();
  await expect(lastValueFrom(list)).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
  // The failure is not remembered.
  exampleSpool();
  const first = await lastValueFrom(list.pipe(toArray()));
  expect(first.length).toBeGreaterThan(30);
  const [, second] = await Promise.all([lastValueFrom(list.pipe(toArray())), lastValueFrom(list.pipe(toArray()))]);
  expect(second).toEqual(first);
  for (const folder of ['input', 'Finput']) rmSync(temp(`sp/${folder}`), { recursive: true });
  expect(await lastValueFrom(list.pipe(toArray()))).toEqual([]);
});

test('the place is found once', async () => {
  mkdirSync(temp('sp/input'), { recursive: true });
  writeFileSync(temp('exim'), `#!/bin/sh\necho x >> ${temp('asked')}\necho "spool_directory = ${temp('sp')}"\n`, {
    mode: 0o755,
  });
  const queue = openQueue({ exim: temp('exim') });
  expect(existsSync(temp('asked'))).toBe(false);
  const [place] = await Promise.all([queue.place(), queue.count(), lastValueFrom(queue.list().pipe(toArray()))]);
  expect(place).toMatchObject({ backend: 'spool', spoolDirectory: temp('sp'), spoolFrom: 'exim' });
  expect(await queue.place()).toBe(place);
  expect(readFileSync(temp('asked'), 'utf8')).toBe('x\n');
});

test("the queue's reporting is that of its methods, unless they have their own", async () => {
  exampleSpool();
  const metrics = new CounterMetrics();
  const rejects = ringRejects(1000);
  const queue = openQueue({ spool: temp('sp'), metrics, rejects, clock: fixedClock(nowMs) });
  const all = await lastValueFrom(queue.list().pipe(toArray()));
  expect(metrics.get(metricNames.emitted)).toBe(all.length);
  expect(rejects.total).toBeGreaterThan(0);
  const own = new CounterMetrics();
  await lastValueFrom(queue.list({ metrics: own }).pipe(toArray()));
  expect(metrics.get(metricNames.emitted)).toBe(all.length);
  expect(own.get(metricNames.emitted)).toBe(all.length);
  expect((await queue.stats()).atMs).toBe(nowMs);
});

test('count, stats, summary and list tell of the same messages', async () => {
  exampleSpool();
  const queue = openQueue({ spool: temp('sp'), clock: fixedClock(nowMs), aside: true, queue: '*' });
  const all = await lastValueFrom(queue.list().pipe(toArray()));
  expect(await queue.count()).toBe(all.length);
  const stats = await queue.stats();
  expect(stats.messages).toBe(all.length);
  const rows = await lastValueFrom(queue.summary({ by: 'senderDomain' }).pipe(toArray()));
  expect(rows).toEqual(stats.bySenderDomain);
});

test("the queue's signal and a method's own complete a stream, in the midst of it and before it began", async () => {
  exampleSpool();
  for (const which of ['queue', 'method']) {
    const abort = new AbortController();
    const { signal } = abort;
    const queue = openQueue({ spool: temp('sp'), ...(which === 'queue' && { signal }) });
    const own = which === 'method' ? { signal } : {};
    const seen: string[] = [];
    await queue.list(own).forEach(({ id }) => {
      seen.push(id);
      if (seen.length === 3) abort.abort();
    });
    expect(seen).toHaveLength(3);
    expect(await lastValueFrom(queue.list(own).pipe(toArray()))).toEqual([]);
    expect(await lastValueFrom(queue.watch(own).pipe(toArray()))).toEqual([]);
    expect(await lastValueFrom(queue.headers('1xVJLa-0005ku-09', own).pipe(toArray()))).toEqual([]);
  }
});

test('watch begins with what is there and says when it was all', async () => {
  exampleSpool();
  const queue = openQueue({ spool: temp('sp') });
  const count = await queue.count();
  const changes = await lastValueFrom(queue.watch().pipe(take(count + 1), toArray()));
  expect(changes.at(-1)).toMatchObject({ kind: 'ready', count });
});

test('all that it can do fails with the place that cannot be found', async () => {
  const queue = openQueue({ spool: temp('none') });
  const streams = [queue.list(), queue.watch(), queue.summary(), queue.body('1xVJLa-0005ku-09')];
  const failures = [
    queue.place(),
    queue.count(),
    queue.stats(),
    ...streams.map((stream) => lastValueFrom<unknown>(stream)),
  ];
  for (const failure of failures) await expect(failure).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_NO_SPOOL' });
});

test('what is no message id is refused at the call', () => {
  const queue = openQueue({ spool: temp('sp') });
  for (const id of ['', '../../etc/passwd', '1xVJLa-0005ku-09-H', '1xVJLa-0005ku-0\n']) {
    for (const part of ['headers', 'body', 'log', 'message'] as const) {
      expect(() => queue[part](id)).toThrow(expect.objectContaining({ code: 'ERR_EXIM_QUEUE_ID' }));
    }
  }
});

test('wrong options are refused at the call', () => {
  expect(() => openQueue({ spool: '' })).toThrow(expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION' }));
  const queue = openQueue({ spool: temp('sp') });
  const wrong = { signal: 1 as unknown as AbortSignal };
  for (const call of [
    () => queue.list(wrong),
    () => queue.summary(wrong),
    () => queue.log('1xVJLa-0005ku-09', wrong),
    () => queue.summary({ by: 'weekday' as never }),
    () => queue.summary({ maxKeys: 0 }),
    () => queue.body('1xVJLa-0005ku-09', { maxBytes: 0 }),
  ]) {
    expect(call).toThrow(expect.objectContaining({ code: 'ERR_EXIM_QUEUE_OPTION' }));
  }
});

for (const { release, needs } of eximReleases) {
  describeWith(needs, `with the real Exim (${release})`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release });
    });

    test('gives the parts of a message as Exim prints them', async () => {
      const id = await scene.submit({ to: ['a@ok.test', 'b@defer.test'] }, 'deliver');
      const queue = openQueue(scene.place);
      for (const [part, flag] of [
        ['headers', '-Mvh'],
        ['body', '-Mvb'],
        ['log', '-Mvl'],
        ['message', '-Mvc'],
      ] as const) {
        const bytes = Buffer.concat(await lastValueFrom(queue[part](id).pipe(toArray())));
        expect([flag, bytes.toString()]).toEqual([flag, (await scene.run([flag, id])).stdout]);
      }
      await scene.remove(id);
      await expect(lastValueFrom(queue.headers(id))).rejects.toMatchObject({ code: 'ERR_EXIM_QUEUE_GONE' });
    });
  });
}
