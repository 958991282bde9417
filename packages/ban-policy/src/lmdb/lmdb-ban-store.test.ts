import { CounterMetrics, fixedClock } from '@sluice/pipeline';
import { tempFolder } from '../../../../tools/testing/temp-folder.ts';
import { until } from '../../../../tools/testing/until.ts';
import { banStoreMetrics } from './metrics.ts';
import { banOf, tallyOf } from './testing/changes.ts';
import { openTestJail, storesOfTest } from './testing/stores.ts';

const temp = tempFolder();
const open = storesOfTest();
const withBan = (id: string, at = 1000) => ({ bans: new Map([[id, banOf(id, at)]]), decided: [banOf(id, at)] });

describe('LmdbBanStore', () => {
  test('takes what all jails have, and what was put beside, into one transaction', async () => {
    const metrics = new CounterMetrics();
    const store = open(temp('state'), { metrics });
    const [ssh, web] = [openTestJail(store, 'sshd'), openTestJail(store, 'web')];
    ssh.change(withBan('192.0.2.1'));
    web.change({ tallies: new Map([['192.0.2.2', tallyOf(1)]]) });
    store.records('positions').put('auth.log', { position: 7 });
    await store.flush();
    expect(metrics.snapshot()).toEqual({ [banStoreMetrics.flushed]: 1, [banStoreMetrics.written]: 5 });
  });

  test('joins flushes that wait, and the one to come holds all that was changed until it was called', async () => {
    const metrics = new CounterMetrics();
    const store = open(temp('state'), { metrics });
    const jail = openTestJail(store);
    jail.change(withBan('192.0.2.1'));
    const first = store.flush();
    await Promise.resolve();
    await Promise.resolve();
    jail.change(withBan('192.0.2.2'));
    await Promise.all([first, store.flush(), store.flush(), store.flush()]);
    expect(metrics.get(banStoreMetrics.flushed)).toBe(2);
    expect(jail.collected).toBe(2);
  });

  test('writes by itself within the interval when a jail was touched', async () => {
    const metrics = new CounterMetrics();
    const store = open(temp('state'), { metrics, flushIntervalMs: 10 });
    const jail = openTestJail(store);
    jail.change(withBan('192.0.2.1'));
    jail.touch();
    await until(() => metrics.get(banStoreMetrics.flushed) === 1);
    expect(jail.collected).toBe(1);
  });

  test('removes what ended and keeps the rest', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    jail.change({
      bans: new Map(['a', 'b'].map((id) => [id, banOf(id)])),
      tallies: new Map(['c', 'd'].map((id) => [id, tallyOf(5)])),
      seen: new Map(['e', 'f'].map((id) => [id, { offset: 1, ids: [] }])),
    });
    await store.flush();
    jail.change({
      bans: new Map([['a', undefined]]),
      tallies: new Map([['c', undefined]]),
      seen: new Map([['e', undefined]]),
    });
    await jail.close();
    const { kept } = store.openJail('sshd', () => undefined);
    expect(kept.bans.map(({ id }) => id)).toEqual(['b']);
    expect([...kept.tallies.keys()]).toEqual(['d']);
    expect([...kept.seen.keys()]).toEqual(['f']);
  });

  test('a ban that goes on keeps its place, one that begins anew goes to the end', async () => {
    const store = open(temp('state'));
    const jail = openTestJail(store);
    jail.change({ bans: new Map(['a', 'b', 'c'].map((id) => [id, banOf(id, 1000)])) });
    jail.change({ bans: new Map([['a', banOf('a', 1000, { endMs: 9e9 })]]) });
    jail.change({ bans: new Map([['b', banOf('b', 2000)]]) });
    for (let flush = 0; flush < 3; flush += 1) await store.flush();
    await jail.close();
    const { kept } = store.openJail('sshd', () => undefined);
    expect(kept.bans.map(({ id }) => id)).toEqual(['a', 'c', 'b']);
    expect(kept.bans[0]?.endMs).toBe(9e9);
  });

  test('keeps the last lines of a ban, as many as are wanted now', async () => {
    const store = open(temp('state'), { maxMatches: 2 });
    const jail = openTestJail(store);
    const matches = ['1', '2', '3'];
    const ban = (id: string) => banOf(id, 1000, { matches });
    jail.change({ bans: new Map([['a', ban('a')]]), decided: [ban('a')] });
    await store.flush();
    store.setMaxMatches(0);
    jail.change({ bans: new Map([['b', ban('b')]]), decided: [ban('b')] });
    await jail.close();
    store.setMaxMatches(5);
    const { kept, history } = store.openJail('sshd', () => undefined);
    expect(kept.bans.map((one) => one.matches)).toEqual([['2', '3'], []]);
    expect(history.failuresOf('a', 'jail')).toEqual({ failures: 5, matches: ['2', '3'] });
    expect(history.failuresOf('b', 'jail')).toEqual({ failures: 5, matches: [] });
  });

  test('a synchronous flush overtakes one under way, which then writes nothing old over it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const store = open(temp(`state${round}`));
      const jail = openTestJail(store);
      const positions = store.records('positions');
      positions.put('auth.log', 'old');
      jail.change({ tallies: new Map([['a', tallyOf(1)]]) });
      const flushed = store.flush();
      for (let turn = 0; turn < round % 4; turn += 1) await Promise.resolve();
      if (round % 5 === 4) await new Promise(setImmediate);
      positions.put('auth.log', 'new');
      jail.change({ tallies: new Map([['a', tallyOf(2)]]) });
      positions.flushSync();
      await flushed;
      await store.close();
      const again = open(temp(`state${round}`));
      expect(again.records('positions').get('auth.log')).toBe('new');
      expect(openTestJail(again).kept.tallies.get('a')?.timeMs).toBe(2);
    }
  });

  test('refuses a jail that takes part already, and everything once it is closed', async () => {
    const store = open(temp('state'));
    openTestJail(store);
    expect(() => openTestJail(store)).toThrow('the jail "sshd" takes part in the state already');
    await store.close();
    await store.close();
    await expect(store.flush()).rejects.toThrow('the state is closed');
    expect(() => openTestJail(store)).toThrow('the state is closed');
    expect(() => store.flushSync()).toThrow('the state is closed');
  });

  test('closing writes what is left', async () => {
    const store = open(temp('state'));
    openTestJail(store).change(withBan('192.0.2.1'));
    await store.close();
    expect(openTestJail(open(temp('state'))).kept.bans).toHaveLength(1);
  });

  test('says which option is wrong', () => {
    expect(() => open(temp('state'), { flushIntervalMs: 0 })).toThrow(/flushIntervalMs.*0/);
    expect(() => open(temp('state'), { purgeAgeMs: 1 })).toThrow(/purgeAgeMs.*1/);
    expect(() => open(temp('state'), { maxMatches: -1 })).toThrow(/maxMatches.*-1/);
    expect(() => open(temp('state'), { rejects: {} as never })).toThrow(/rejects/);
    const store = open(temp('state'), { clock: fixedClock(0) });
    expect(() => store.setPurgeAge(0)).toThrow(/purgeAgeMs/);
    expect(() => store.setMaxMatches(0.5)).toThrow(/maxMatches/);
  });
});

describe('records beside the jails', () => {
  test('are by name and key, and survive', async () => {
    const store = open(temp('state'));
    const [a, b] = [store.records('a'), store.records('b')];
    a.put('k', { deep: [1, null, 'é\ud800'] });
    a.put('gone', 1);
    b.put('k', 2);
    await a.durable();
    a.drop('gone');
    await a.durable();
    expect([...a.entries()]).toEqual([['k', { deep: [1, null, 'é\ud800'] }]]);
    await store.close();
    const again = open(temp('state'));
    expect([...again.records('a').entries()]).toEqual([['k', { deep: [1, null, 'é\ud800'] }]]);
    expect(again.records('b').get('k')).toBe(2);
    expect(again.records('c').get('k')).toBeUndefined();
  });

  test('are seen at once, before they are on the disk', () => {
    const records = open(temp('state')).records('a');
    records.put('k', 1);
    expect([...records.entries()]).toEqual([['k', 1]]);
    records.drop('k');
    expect([...records.entries()]).toEqual([]);
  });
});
