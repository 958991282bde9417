import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { type EximScene, eximReleases, eximScene } from '../../../../tools/testing/exim/exim-scene.ts';
import type { WatchOptions } from '../options.ts';
import type { QueueChange } from '../queue-change.ts';
import type { QueuePlace } from '../queue-place.ts';
import { placeOf } from '../testing/place-of.ts';
import { ChangeLog } from './testing/change-log.ts';
import { logTail } from './testing/log-tail.ts';

const brief = ({ kind, isGone, recipients, by, reason, from }: QueueChange) => ({
  kind,
  ...(isGone && { isGone }),
  ...(recipients !== undefined && { recipients }),
  ...(by !== undefined && { by }),
  ...(reason !== undefined && { reason }),
  from,
});

for (const { release, needs } of eximReleases) {
  describeWith(needs, `watching Exim ${release}`, () => {
    let scene: EximScene;
    beforeAll(async () => {
      scene = await eximScene({ release, split: release === 'new' });
    });
    afterAll(async () => {
      await scene?.dispose();
    });

    async function follow(options: WatchOptions = {}, place: Partial<QueuePlace> = {}): Promise<ChangeLog> {
      const mainlog = logTail(scene.mainlog);
      const log = new ChangeLog(placeOf(scene.spool, place), { mainlog, logWaitMs: 5000, ...options });
      await log.ready();
      return log;
    }

    /** All of a message, once that many changes of it are told. */
    async function told(log: ChangeLog, id: string, count: number) {
      await log.until(() => log.of(id).length >= count);
      return log.of(id).map(brief);
    }

    test('tells who froze, thawed and removed a message', async () => {
      const log = await follow();
      const id = await scene.submit({ from: 'a@x.test', to: 'you@defer.test' });
      await told(log, id, 1);
      await scene.freeze(id);
      await told(log, id, 2);
      await scene.thaw(id);
      await told(log, id, 3);
      await scene.remove(id);
      expect(await told(log, id, 4)).toEqual([
        { kind: 'arrived', from: 'spool' },
        { kind: 'frozen', by: 'root', from: 'log' },
        { kind: 'thawed', by: 'root', from: 'log' },
        { kind: 'removed', isGone: true, by: 'root', from: 'log' },
      ]);
      const [arrived, frozen, , removed] = log.of(id);
      expect(arrived?.entry).toMatchObject({ id, sender: 'a@x.test', state: 'new', sizeBytes: expect.any(Number) });
      expect(frozen?.entry?.state).toBe('frozen');
      expect(removed?.entry?.recipients).toEqual([{ address: 'you@defer.test', isDelivered: false }]);
      expect(log.rejects).toEqual([]);
    });

    test('tells what became of each recipient', async () => {
      const log = await follow();
      const id = await scene.submit({ from: 'a@x.test', to: ['d1@ok.test', 'u@defer.test'] });
      await told(log, id, 1);
      await scene.deliver(id);
      expect(await told(log, id, 3)).toEqual([
        { kind: 'arrived', from: 'spool' },
        { kind: 'delivered', recipients: ['d1@ok.test'], from: 'log' },
        { kind: 'deferred', recipients: ['u@defer.test'], reason: 'nothing leaves this machine', from: 'log' },
      ]);
      expect(log.view.get(id)).toMatchObject({ state: 'deferred' });
      await scene.remove(id);
    });

    test('tells that a message is through', async () => {
      const log = await follow();
      const id = await scene.submit({ to: ['d1@ok.test', 'd2@ok.test'] });
      await told(log, id, 1);
      await scene.deliver(id);
      await log.until(() => log.of(id).at(-1)?.isGone === true);
      const delivered = log.of(id).slice(1);
      expect(new Set(delivered.map(({ kind }) => kind))).toEqual(new Set(['delivered']));
      expect(delivered.flatMap(({ recipients = [] }) => recipients).sort()).toEqual(['d1@ok.test', 'd2@ok.test']);
    });

    test('tells of a bounce, and of the message that it makes', async () => {
      const log = await follow();
      const id = await scene.submit({ from: 's@defer.test', to: 'x@fail.test' });
      await told(log, id, 1);
      await scene.deliver(id);
      expect(await told(log, id, 2)).toEqual([
        { kind: 'arrived', from: 'spool' },
        { kind: 'bounced', isGone: true, recipients: ['x@fail.test'], reason: 'no such user here', from: 'log' },
      ]);
      await log.until(() => log.told.some(({ kind, entry }) => kind === 'deferred' && entry?.isBounce === true));
      const bounce = log.told.find(({ entry }) => entry?.isBounce === true)?.id ?? '';
      expect(log.kinds(bounce)).toEqual(['arrived', 'deferred']);
    });

    test('tells who gave a message up', async () => {
      const log = await follow();
      const id = await scene.submit({ from: 's@defer.test', to: 'you@defer.test' });
      await told(log, id, 1);
      await scene.run(['-Mg', id]);
      expect((await told(log, id, 2)).at(-1)).toEqual({
        kind: 'bounced',
        isGone: true,
        recipients: ['you@defer.test'],
        by: 'root',
        from: 'log',
      });
    });

    test('tells what an administrator changed', async () => {
      const log = await follow();
      const id = await scene.submit({ from: 's@x.test', to: ['a@defer.test', 'b@defer.test'] });
      await told(log, id, 1);
      await scene.run(['-Mmd', id, 'b@defer.test']);
      await told(log, id, 2);
      await scene.run(['-Mar', id, 'c@defer.test']);
      await told(log, id, 3);
      await scene.run(['-Mes', id, 'new@x.test']);
      expect((await told(log, id, 4)).slice(1)).toEqual([
        { kind: 'changed', recipients: ['b@defer.test'], by: 'root', reason: 'marked delivered', from: 'log' },
        { kind: 'changed', recipients: ['c@defer.test'], by: 'root', reason: 'recipient added', from: 'log' },
        { kind: 'changed', by: 'root', reason: 'sender changed', from: 'log' },
      ]);
      expect(log.view.get(id)).toMatchObject({ sender: 'new@x.test' });
    });

    test('a move to another queue ends it in one, and is a change where all are watched', async () => {
      const [main, all] = [await follow(), await follow({}, { queue: '*' })];
      const id = await scene.submit();
      await Promise.all([told(main, id, 1), told(all, id, 1)]);
      await scene.park('parked', id);
      const reason = 'moved to the queue parked';
      expect((await told(main, id, 2)).at(-1)).toEqual({ kind: 'changed', isGone: true, reason, from: 'log' });
      expect((await told(all, id, 2)).at(-1)).toEqual({ kind: 'changed', reason, from: 'log' });
      expect(all.view.get(id)?.queue).toBe('parked');
    });

    test('a message that came and went between two looks is told by the log', async () => {
      const log = await follow();
      const id = await scene.submit({ to: 'd1@ok.test' }, 'deliver');
      await log.until(() => log.of(id).at(-1)?.isGone === true);
      expect(log.kinds(id)[0]).toBe('arrived');
      expect(log.of(id).at(-1)).toMatchObject({ kind: 'delivered', isGone: true });
    });

    test('without the log a removal and a delivery are still told apart where the journal was seen', async () => {
      const log = new ChangeLog(placeOf(scene.spool));
      await log.ready();
      const removed = await scene.submit();
      const partly = await scene.submit({ to: ['d1@ok.test', 'u@defer.test'] });
      await log.until(() => log.of(partly).length === 1 && log.of(removed).length === 1);
      await scene.remove(removed);
      await scene.deliver(partly);
      await log.until(() => log.of(removed).length === 2 && log.kinds(partly).includes('deferred'));
      expect(log.of(removed).map(brief).at(-1)).toEqual({ kind: 'removed', isGone: true, from: 'spool' });
      expect(log.of(partly).map(brief).slice(1)).toEqual([
        { kind: 'delivered', recipients: ['d1@ok.test'], from: 'spool' },
        { kind: 'deferred', from: 'spool' },
      ]);
    });

    test('100 deliveries and removals at once are each told once, and the view is the queue', async () => {
      const log = await follow({ reconcileMs: 300 });
      await scene.bsmtp(Array.from({ length: 100 }, (_, n) => ({ to: n % 2 === 0 ? 'd@ok.test' : 'u@defer.test' })));
      await log.until(() => log.count('arrived') >= 100);
      const ids = [...log.view.keys()].filter((id) => log.of(id)[0]?.kind === 'arrived');
      await Promise.all([scene.run(['-q']), scene.remove(...ids.filter((_, n) => n % 5 === 0)).catch(() => {})]);
      await scene.quiet();
      await log.reconciled();
      expect([...log.view.keys()].sort()).toEqual(scene.ids().sort());
      for (const id of ids) expect(log.of(id).filter(({ isGone }) => isGone).length).toBeLessThan(2);
    });
  });

  describeWith(needs, `asking Exim ${release} from time to time`, () => {
    test('arrivals, freezes and removals are told where the spool may not be read', async () => {
      const scene = await eximScene({ release });
      const here = await scene.submit({ from: 'a@x.test' });
      const { exim, config, spool } = scene;
      const place = placeOf(spool, { backend: 'exim', backendReason: 'a test', spoolFrom: 'exim', exim, config });
      const log = new ChangeLog(place, { reconcileMs: 100 });
      await log.ready();
      const there = await scene.submit({ from: 'b@x.test' });
      await log.until(() => log.view.has(there));
      await scene.freeze(here);
      await log.until(() => log.view.get(here)?.state === 'frozen');
      await scene.remove(there);
      await log.until(() => !log.view.has(there));
      expect(log.told.map(({ kind, id, from }) => [kind, id, from])).toEqual([
        ['arrived', there, 'reconcile'],
        ['frozen', here, 'reconcile'],
        ['removed', there, 'reconcile'],
      ]);
      expect(log.rejects).toEqual([
        expect.objectContaining({ code: 'ERR_EXIM_QUEUE_WATCH', reason: expect.stringContaining('a test') }),
      ]);
      await scene.dispose();
    });
  });

  describeWith(needs, `watching Exim ${release} that puts frozen messages aside`, () => {
    test('a frozen message that is put aside is frozen, and gone where such are not watched', async () => {
      const scene = await eximScene({ release, aside: true });
      const all = new ChangeLog(placeOf(scene.spool), { mainlog: logTail(scene.mainlog), logWaitMs: 5000 });
      const main = new ChangeLog(placeOf(scene.spool, { aside: false }), { mainlog: logTail(scene.mainlog) });
      await Promise.all([all.ready(), main.ready()]);
      const id = await scene.submit({ from: '', to: 'x@fail.test' });
      await all.until(() => all.kinds(id).includes('arrived') && main.kinds(id).includes('arrived'));
      await scene.run(['-M', id]);
      await scene.quiet();
      await all.until(() => all.view.get(id)?.isAside === true && main.of(id).at(-1)?.isGone === true);
      expect(all.kinds(id)).toContain('frozen');
      expect(main.of(id).map(brief).at(-1)).toEqual({
        kind: 'changed',
        isGone: true,
        reason: 'put aside',
        from: 'log',
      });
      await scene.dispose();
    });
  });
}
