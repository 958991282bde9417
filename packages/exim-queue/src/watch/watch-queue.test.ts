import { chmodSync, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Chunk } from '@sluice/pipeline';
import { Subject } from 'rxjs';
import { killChildren, spawnChild } from '../../../../tools/testing/child.ts';
import { describeWith, program } from '../../../../tools/testing/describe-with.ts';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import type { WatchOptions } from '../options.ts';
import { placeOf } from '../testing/place-of.ts';
import { changeBatches } from './change-batches.ts';
import type { WatchFolder } from './folder-watches.ts';
import { ChangeLog } from './testing/change-log.ts';
import { ModelSpool } from './testing/model-spool.ts';
import { watchQueue } from './watch-queue.ts';

afterEach(killChildren);

describe('what is told', () => {
  test('what is there, then ready, then changes as they happen', async () => {
    const spool = new ModelSpool(newFolder());
    const a = spool.arrive('a@x.test', ['r@x.test']);
    const log = new ChangeLog(placeOf(spool.root));
    await log.ready();
    expect(log.changes.map(({ kind, id, count }) => [kind, id, count])).toEqual([
      ['present', a.id, undefined],
      ['ready', '', 1],
    ]);
    spool.freeze(a, 1_700_000_000_000);
    await log.until(() => log.told.length === 1);
    expect(log.told[0]).toMatchObject({ kind: 'frozen', id: a.id, isGone: false, from: 'spool' });
    expect(log.told[0]?.entry).toMatchObject({ frozenSinceMs: 1_700_000_000_000, sender: 'a@x.test' });
  });

  test('without the present ones, if so wanted, but how many there are', async () => {
    const spool = new ModelSpool(newFolder());
    spool.arrive('a@x.test', ['r@x.test']);
    const log = new ChangeLog(placeOf(spool.root), { initial: false });
    await log.ready();
    expect(log.changes.map(({ kind, count }) => [kind, count])).toEqual([['ready', 1]]);
  });

  test('each subscription is on its own', async () => {
    const spool = new ModelSpool(newFolder());
    spool.arrive('a@x.test', ['r@x.test']);
    const [one, two] = [new ChangeLog(placeOf(spool.root)), new ChangeLog(placeOf(spool.root))];
    await Promise.all([one.ready(), two.ready()]);
    one.close();
    spool.arrive('b@x.test', ['r@x.test']);
    await two.until(() => two.told.length === 1);
    expect(one.told).toEqual([]);
  });

  test('several changes that were not looked at in between are told in order, each with the message as it is', async () => {
    const spool = new ModelSpool(newFolder());
    const message = spool.arrive('a@x.test', ['r1@x.test', 'r2@x.test']);
    const log = new ChangeLog(placeOf(spool.root));
    await log.ready();
    spool.deliver(message, 'r1@x.test');
    spool.settle(message);
    spool.editSender(message, 'b@x.test');
    spool.addRecipient(message, 'r3@x.test');
    spool.freeze(message, 1_700_000_000_000);
    await log.until(() => log.told.length === 4);
    expect(log.told.map(({ kind, recipients }) => [kind, recipients])).toEqual([
      ['delivered', ['r1@x.test']],
      ['changed', ['r3@x.test']],
      ['changed', undefined],
      ['frozen', undefined],
    ]);
  });
});

describe('where', () => {
  const frozen: WatchOptions = { where: { frozen: true } };

  test('a message that begins to match arrives, one that ceases to is changed and told of no more', async () => {
    const spool = new ModelSpool(newFolder());
    const message = spool.arrive('a@x.test', ['r@x.test']);
    const log = new ChangeLog(placeOf(spool.root), frozen);
    await log.ready();
    spool.freeze(message, 1_700_000_000_000);
    await log.until(() => log.told.length === 1);
    spool.thaw(message);
    await log.until(() => log.told.length === 2);
    spool.editSender(message, 'b@x.test');
    spool.remove(message);
    await log.until(() => existsSync(spool.file(message, 'H')) === false);
    const other = spool.arrive('c@x.test', ['r@x.test'], { frozenMs: 1_700_000_000_000 });
    await log.until(() => log.told.length === 3);
    expect(log.told.map(({ kind, id, matches }) => [kind, id, matches])).toEqual([
      ['arrived', message.id, undefined],
      ['changed', message.id, false],
      ['arrived', other.id, undefined],
    ]);
    expect(log.changes[0]).toMatchObject({ kind: 'ready', count: 0 });
  });

  test('a message that grows older begins to match at a comparison', async () => {
    const spool = new ModelSpool(newFolder());
    const { id } = spool.arrive('a@x.test', ['r@x.test']);
    let nowMs = 1_700_000_000_000;
    const where = { olderThanMs: 60_000 };
    const log = new ChangeLog(placeOf(spool.root), { where, reconcileMs: 100, clock: { nowMs: () => nowMs } });
    await log.ready();
    await log.reconciled();
    expect(log.told).toEqual([]);
    nowMs += 120_000;
    await log.until(() => log.told.length === 1);
    expect(log.told[0]).toMatchObject({ kind: 'arrived', id, from: 'reconcile' });
  });

  test('a filter that is wrong errors the stream', async () => {
    const log = new ChangeLog(placeOf(new ModelSpool(newFolder()).root), { where: { sender: { regex: '(' } } });
    await expect(log.ready()).rejects.toThrow('where.sender');
  });
});

describe('the end', () => {
  const watches = (): string[] => process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap');
  const deaf: WatchFolder = () => ({ close: () => {} });

  test('unsubscribing and aborting close all that is open, also in the middle of a comparison', async () => {
    const spool = new ModelSpool(newFolder());
    for (let n = 0; n < 300; n += 1) spool.arrive('a@x.test', ['r@x.test']);
    for (let n = 0; n < 5; n += 1) {
      const abort = new AbortController();
      const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 100, signal: abort.signal });
      await log.ready();
      expect(watches()).not.toEqual([]);
      if (n % 2 === 0) abort.abort();
      else log.close();
      const count = log.changes.length;
      spool.arrive('b@x.test', ['r@x.test']);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(log.changes).toHaveLength(count);
    }
    // One open watch, and the process would not end.
    expect(watches()).toEqual([]);
  });

  test('an abort completes, before the first subscription too', () => {
    const place = placeOf(newFolder());
    let isComplete = false;
    watchQueue(place, { signal: AbortSignal.abort() }).subscribe({
      complete: () => {
        isComplete = true;
      },
    });
    expect(isComplete).toBe(true);
  });

  test('an iterator that is left returns while it waits', async () => {
    const spool = new ModelSpool(newFolder());
    const iterator = changeBatches(placeOf(spool.root))[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toMatchObject([{ kind: 'ready' }]);
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test('a consumer that is slow is told what it came to', async () => {
    const spool = new ModelSpool(newFolder());
    const message = spool.arrive('a@x.test', ['r@x.test']);
    const iterator = changeBatches(placeOf(spool.root), { initial: false })[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    const first = spool.arrive('b@x.test', ['r@x.test']);
    expect((await next).value).toMatchObject([{ kind: 'arrived', id: first.id }]);
    for (let n = 0; n < 50; n += 1) {
      spool.freeze(message, 1_700_000_000_000 + n * 1000);
      spool.thaw(message);
      await new Promise(setImmediate);
    }
    spool.freeze(message, 1_800_000_000_000);
    expect((await iterator.next()).value).toMatchObject([
      { kind: 'frozen', entry: { frozenSinceMs: 1_800_000_000_000 } },
    ]);
    await iterator.return?.();
  });

  test.each([
    [{ reconcileMs: 99 }, 'reconcileMs must be an integer from 100 to 86400000, not 99'],
    [{ logWaitMs: -1 }, 'logWaitMs must be an integer from 0 to 60000, not -1'],
    [{ maxMessages: 0 }, 'maxMessages must be an integer from 1 to 100000000, not 0'],
    [{ mainlog: 'mainlog' as never }, 'mainlog must be an object with subscribe(), not "mainlog"'],
    [{ initial: 1 as never }, 'initial must be true or false, not 1'],
  ])('%j is refused at the call', (options, message) => {
    expect(() => watchQueue(placeOf('/'), options)).toThrow(message);
  });

  test('the log ending or failing ends nothing', async () => {
    const spool = new ModelSpool(newFolder());
    const mainlog = new Subject<Chunk>();
    const log = new ChangeLog(placeOf(spool.root), { mainlog, logWaitMs: 50 }, deaf);
    await log.ready();
    mainlog.error(new Error('the log is gone'));
    expect(log.rejects).toEqual([expect.objectContaining({ reason: expect.stringContaining('the log is gone') })]);
    expect(log.error).toBeUndefined();
    log.close();
    expect(mainlog.observed).toBe(false);
  });
});

const asNobody = ['setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups'];
const root = { text: 'root: files are made that others may not read', isThere: process.getuid?.() === 0 };

describeWith([program('setpriv', 'util-linux'), root], 'a user who may no longer read', () => {
  test('is told so, keeps what was known, and goes on when it may again', async () => {
    const folder = newFolder();
    chmodSync(folder, 0o755);
    const spool = new ModelSpool(folder);
    const message = spool.arrive('a@x.test', ['r@x.test']);
    const place = JSON.stringify(placeOf(spool.root));
    const child = spawnChild(new URL('./testing/watch-child.ts', import.meta.url), [place], { cwd: '/' }, asNobody);
    const lines: string[] = [];
    if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => lines.push(line));
    child.stderr?.on('data', (data) => lines.push(String(data)));
    const seen = (line: string): Promise<void> =>
      until(
        () => lines.includes(line),
        () => lines,
      );
    await seen('ready ');
    chmodSync(`${spool.root}/input`, 0o700);
    const later = spool.arrive('b@x.test', ['r@x.test']);
    await seen('ERR_EXIM_QUEUE_UNREADABLE');
    await until(() => lines.filter((line) => line === 'reconciled ').length > 2);
    expect(lines.filter((line) => /removed|delivered/.test(line))).toEqual([]);
    chmodSync(`${spool.root}/input`, 0o755);
    await seen(`arrived ${later.id}`);
    spool.remove(message);
    await seen(`removed ${message.id}`);
    expect(lines.filter((line) => line === 'ERR_EXIM_QUEUE_UNREADABLE')).toHaveLength(1);
  });
});
