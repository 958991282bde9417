import { chmodSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newFolder } from '../../../../tools/testing/new-folder.ts';
import { placeOf } from '../testing/place-of.ts';
import { systemWatch, type WatchFolder } from './folder-watches.ts';
import { ChangeLog } from './testing/change-log.ts';
import { ModelSpool } from './testing/model-spool.ts';

/** A system that watches and never tells. */
const deaf: WatchFolder = () => ({ close: () => {} });

describe('what no event told', () => {
  const started = async (isSplit = false) => {
    const spool = new ModelSpool(newFolder());
    const messages = ['a', 'b', 'c'].map((name) =>
      spool.arrive(`${name}@x.test`, ['r1@x.test', 'r2@x.test'], { isSplit }),
    );
    const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 100 }, deaf);
    await log.ready();
    // The first comparison learns the times; what is told after it is found by these.
    await log.reconciled();
    const [a, b, c] = messages;
    if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
    return { spool, log, a, b, c };
  };

  test.each([false, true])('an arrival, a removal and a changed -H are found (split: %s)', async (isSplit) => {
    const { spool, log, a, b } = await started(isSplit);
    spool.remove(a);
    spool.freeze(b, 1_700_000_001_000);
    const { id } = spool.arrive('d@x.test', ['r@x.test'], { isSplit });
    await log.reconciled();
    expect(log.told.map((change) => [change.kind, change.id, change.from]).sort()).toEqual([
      ['arrived', id, 'reconcile'],
      ['frozen', b.id, 'reconcile'],
      ['removed', a.id, 'reconcile'],
    ]);
    expect(log.metrics.get('exim_queue_missed_changes_total')).toBe(3);
    expect(log.changes.filter(({ kind }) => kind === 'reconciled').reduce((sum, { count = 0 }) => sum + count, 0)).toBe(
      3,
    );
  });

  test('a journal that grows in a directory whose times stay is found', async () => {
    const { spool, log, a } = await started();
    spool.deliver(a, 'r1@x.test');
    await log.reconciled();
    expect(log.told).toEqual([expect.objectContaining({ kind: 'delivered', recipients: ['r1@x.test'], id: a.id })]);
    // Older than the coarsest clock of a file system: from now on only the journal's size tells.
    await pause(2100);
    await log.reconciled();
    spool.deliver(a, 'r2@x.test');
    await log.reconciled();
    expect(log.told.at(-1)).toMatchObject({ kind: 'delivered', recipients: ['r2@x.test'], isGone: false });
    expect(log.told).toHaveLength(2);
  });

  test('nothing is told twice of what an event told', async () => {
    const spool = new ModelSpool(newFolder());
    const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 100 });
    await log.ready();
    const { id } = spool.arrive('a@x.test', ['r@x.test']);
    await log.reconciled();
    await log.reconciled();
    expect(log.kinds(id)).toEqual(['arrived']);
    expect(log.metrics.get('exim_queue_missed_changes_total')).toBe(0);
  });
});

describe('folders that come and go', () => {
  const split = { isSplit: true };

  test('messages in a sub-directory that appears are found at once', async () => {
    const spool = new ModelSpool(newFolder());
    const log = new ChangeLog(placeOf(spool.root));
    await log.ready();
    const ids = Array.from({ length: 30 }, () => spool.arrive('a@x.test', ['r@x.test'], split).id);
    await log.until(() => log.count('arrived') === 30);
    expect(log.told.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(log.count('reconciled')).toBe(0);
  });

  test('a named queue and messages put aside appear at once', async () => {
    const spool = new ModelSpool(newFolder());
    const log = new ChangeLog(placeOf(spool.root, { queue: '*' }));
    await log.ready();
    spool.arrive('a@x.test', ['r@x.test'], { queue: 'parked' });
    spool.arrive('b@x.test', ['r@x.test'], { isAside: true });
    await log.until(() => log.count('arrived') === 2);
    const parked = log.told.find(({ entry }) => entry?.queue === 'parked');
    expect(parked?.entry?.sender).toBe('a@x.test');
  });

  test.each(['sp', 'sp/input'])('%s is removed, and made again', async (name) => {
    const root = newFolder();
    const spool = new ModelSpool(path.join(root, 'sp'));
    const old = spool.arrive('a@x.test', ['r@x.test']);
    const log = new ChangeLog(placeOf(spool.root));
    await log.ready();
    rmSync(path.join(root, name), { recursive: true });
    await log.until(() => log.count('removed') === 1);
    expect(log.told[0]).toMatchObject({ id: old.id, isGone: true });
    const again = new ModelSpool(spool.root);
    const { id } = again.arrive('b@x.test', ['r@x.test']);
    await log.until(() => log.kinds(id).includes('arrived'));
    await pause(50);
    again.remove([...again.messages.values()][0] as never);
    await log.until(() => log.kinds(id).includes('removed'));
    expect(log.count('reconciled')).toBe(0);
  });

  test('the spool is moved away and another takes its place', async () => {
    const root = newFolder();
    const spool = new ModelSpool(path.join(root, 'sp'));
    const other = new ModelSpool(path.join(root, 'other'));
    const old = spool.arrive('a@x.test', ['r@x.test']);
    other.remove(other.arrive('not-the-same-id@x.test', ['r@x.test']));
    const { id } = other.arrive('b@x.test', ['r@x.test'], split);
    const log = new ChangeLog(placeOf(spool.root));
    await log.ready();
    renameSync(spool.root, path.join(root, 'away'));
    renameSync(other.root, spool.root);
    await log.until(() => log.kinds(id).includes('arrived') && log.kinds(old.id).includes('removed'));
  });
});

describe('what cannot be watched or read', () => {
  test('without watches the folders are compared, and it is said once a folder', async () => {
    const spool = new ModelSpool(newFolder());
    const full: WatchFolder = () => {
      throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), { code: 'ENOSPC' });
    };
    const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 100 }, full);
    await log.ready();
    const { id } = spool.arrive('a@x.test', ['r@x.test']);
    await log.reconciled();
    expect(log.kinds(id)).toEqual(['arrived']);
    const inputs = log.rejects.filter((reject) => reject.path?.endsWith('/input'));
    expect(inputs).toHaveLength(1);
    expect(inputs[0]).toMatchObject({ code: 'ERR_EXIM_QUEUE_WATCH', reason: expect.stringContaining('fs.inotify') });
  });

  test('a watch that fails later is made again', async () => {
    const spool = new ModelSpool(newFolder());
    const fail: (() => void)[] = [];
    const flaky: WatchFolder = (folder, onChange, onError) => {
      if (folder.endsWith('/input')) fail.push(() => onError(new Error('EIO')));
      return systemWatch(folder, onChange, onError);
    };
    const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 100 }, flaky);
    await log.ready();
    fail[0]?.();
    await log.reconciled();
    expect(fail).toHaveLength(2);
    const { id } = spool.arrive('a@x.test', ['r@x.test']);
    await log.until(() => log.kinds(id).includes('arrived'));
    expect(log.of(id)[0]?.from).toBe('spool');
  });

  test('a list of Exim’s that ends early is told once, keeps what was known, and ends nothing', async () => {
    const folder = newFolder();
    const file = (name: string): string => path.join(folder, name);
    const listed = (id: string): string => ` 0m   351 ${id} <a@x.test>\n          b@y.test\n\n`;
    const [first, second, third] = ['1xVJLa-0005ku-01', '1xVJLa-0005ku-02', '1xVJLa-0005ku-03'] as const;
    writeFileSync(file('list'), listed(first) + listed(second));
    writeFileSync(file('exim'), `#!/bin/sh\ncat ${file('list')}; [ ! -e ${file('fails')} ]\n`, { mode: 0o755 });
    const place = placeOf(folder, { backend: 'exim', spoolFrom: 'exim', exim: file('exim') });
    const log = new ChangeLog(place, { reconcileMs: 100 });
    await log.ready();
    writeFileSync(file('fails'), '');
    writeFileSync(file('list'), listed(first) + listed(third));
    await log.until(() => log.view.has(third));
    await log.until(() => log.rejects.length === 2);
    expect([...log.view.keys()]).toEqual([first, second, third]);
    rmSync(file('fails'));
    await log.until(() => !log.view.has(second));
    expect(log.error).toBeUndefined();
    expect(log.rejects.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('cannot be watched'),
      expect.stringContaining('did not list its queue to the end: Exim ended with exit code 1'),
    ]);
  });

  test('no spool is an error from the beginning', async () => {
    const log = new ChangeLog(placeOf(path.join(newFolder(), 'none')));
    await expect(log.ready()).rejects.toThrow('there is no spool');
  });

  test('more messages than may be remembered are counted, told once, and found when there is room', async () => {
    const spool = new ModelSpool(newFolder());
    const [first] = [0, 1, 2].map((n) => spool.arrive(`s${n}@x.test`, ['r@x.test']));
    const log = new ChangeLog(placeOf(spool.root), { maxMessages: 2, reconcileMs: 100 });
    await log.ready();
    expect([log.count('present'), log.changes.at(-1)?.count]).toEqual([2, 2]);
    const { id } = spool.arrive('d@x.test', ['r@x.test']);
    await log.until(() => log.metrics.get('exim_queue_untracked_messages_total') >= 2);
    expect(log.rejects.map(({ code }) => code)).toEqual(['ERR_EXIM_QUEUE_OVERFLOW']);
    for (const message of [...spool.messages.values()]) if (message.id !== id) spool.remove(message);
    expect(first).toBeDefined();
    await log.until(() => log.view.has(id) && log.view.size === 1);
  });

  test('20,000 events at once, of which the system drops some, are all told in the end', async () => {
    const spool = new ModelSpool(newFolder());
    const log = new ChangeLog(placeOf(spool.root), { reconcileMs: 60_000 });
    await log.ready();
    // Without a turn for the event loop between them: five events for each message.
    for (let n = 0; n < 5000; n += 1) spool.arrive(`s${n}@x.test`, ['r@x.test']);
    await log.until(() => log.count('arrived') === 5000);
    expect(log.view.size).toBe(5000);
  });
});

test('an entry that becomes damaged, and its file sound again, is changed', async () => {
  const spool = new ModelSpool(newFolder());
  const message = spool.arrive('a@x.test', ['r@x.test']);
  mkdirSync(path.join(spool.root, 'input/J'), { recursive: true });
  chmodSync(path.join(spool.root, 'input/J'), 0o700);
  const log = new ChangeLog(placeOf(spool.root));
  await log.ready();
  truncateSync(spool.file(message, 'H'), 30);
  await log.until(() => log.view.get(message.id)?.state === 'damaged');
  spool.thaw(message);
  await log.until(() => log.view.get(message.id)?.state === 'new');
  expect(new Set(log.kinds(message.id))).toEqual(new Set(['present', 'changed']));
});
