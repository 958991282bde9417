import type { BanEvent } from '@sluice/pipeline';
import { VirtualTimeScheduler } from 'rxjs';
import type { BanPolicyOptions } from './options.ts';
import { attached, kindsOf } from './testing/attached.ts';
import { failure } from './testing/failure.ts';
import { FakeStore } from './testing/fake-store.ts';

const attacker = '203.0.113.66';
const other = '203.0.113.67';

/** A life that ended with a ban of the attacker at second 1, and one failure of the other at second 2. */
async function earlier(options: BanPolicyOptions = {}): Promise<FakeStore> {
  const store = new FakeStore();
  const { policy } = attached({ jail: 'sshd', maxRetry: 2, store, ...options });
  for (const [id, timeMs] of [
    [attacker, 0],
    [attacker, 1000],
    [other, 2000],
  ] as const)
    void policy.handle(failure(id, timeMs, { line: `line at ${timeMs}`, groups: { user: 'root' } }));
  await policy.flush();
  store.crash();
  return store;
}

const at = (nowMs: number): { clock: 'scheduler'; scheduler: VirtualTimeScheduler } => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.frame = nowMs;
  return { clock: 'scheduler', scheduler };
};

describe('a decision', () => {
  test('is told when it is durable, and not before', async () => {
    const store = new FakeStore();
    const durable: (string | undefined)[] = [];
    const { policy, events, detach } = attached({ jail: 'sshd', maxRetry: 1, store });
    detach();
    policy.attach((event) => {
      events.push(event);
      durable.push(store.disk('sshd').bans.find(({ id }) => id === event.id)?.id);
    });
    void policy.handle(failure(attacker, 1));
    expect([events, policy.isBanned(attacker)]).toEqual([[], true]);
    await policy.settled;
    expect([kindsOf(events), durable, policy.settled]).toEqual([[`ban ${attacker}`], [attacker], undefined]);
  });

  test('shares its flush with those of the same moment, and those that come meanwhile share the next', async () => {
    const store = new FakeStore();
    const { policy, events } = attached({ maxRetry: 1, store });
    store.onFlush = () => {
      if (store.flushes === 1) for (const id of ['203.0.113.4', '203.0.113.5']) void policy.handle(failure(id, 2));
    };
    for (const id of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) void policy.handle(failure(id, 1));
    await policy.settled;
    expect([store.flushes, events.length]).toEqual([2, 3]);
    await policy.settled;
    expect(store.flushes).toBe(2);
    expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((n) => `203.0.113.${n}`));
  });

  test('is told all the same when it cannot be made durable, with a report, and is durable with the next flush', async () => {
    const store = new FakeStore();
    const { policy, events, rejects } = attached({ jail: 'sshd', maxRetry: 1, store });
    store.onFlush = () => {
      throw new Error('no space left on device');
    };
    void policy.handle(failure(attacker, 1));
    await policy.settled;
    expect(kindsOf(events)).toEqual([`ban ${attacker}`]);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_STORE' }]);
    store.onFlush = undefined;
    await policy.flush();
    expect(store.disk('sshd').bans.map(({ id }) => id)).toEqual([attacker]);
  });

  test('by hand is told without waiting for failures that wait', async () => {
    const { policy, events } = attached({
      store: new FakeStore(),
      scheduler: new VirtualTimeScheduler(),
      ignoreCommand: () => new Promise(() => undefined),
    });
    void policy.handle(failure(attacker, 1));
    policy.ban(other);
    await policy.told;
    expect([kindsOf(events), policy.told]).toEqual([[`ban ${other}`], undefined]);
  });

  test('is waited for when a thousand are on their way to the disk', async () => {
    const store = new FakeStore();
    const { policy, events } = attached({ maxRetry: 1, store });
    const answers = Array.from({ length: 1030 }, (_, n) => policy.handle(failure(`id ${n}`, 1)));
    const firstPromise = answers.findIndex((answer) => answer !== undefined);
    expect(firstPromise).toBe(1023);
    await answers[firstPromise];
    expect(events).toHaveLength(1030);
  });
});

describe('a restart', () => {
  test('restores bans with what they were made of, at once, and goes on counting', async () => {
    const store = await earlier();
    const { policy, events } = attached({ jail: 'sshd', maxRetry: 2, store });
    expect(events).toEqual([
      {
        kind: 'ban',
        jail: 'sshd',
        id: attacker,
        address: { text: attacker, family: 4 },
        timeMs: 1000,
        banTimeMs: 600_000,
        endMs: 601_000,
        failures: 2,
        count: 1,
        restored: true,
        matches: ['line at 0', 'line at 1000'],
        groups: { user: 'root' },
      },
    ]);
    expect(policy.status).toMatchObject({ currentlyBanned: 1, totalBanned: 1, totalFailed: 0 });
    void policy.handle(failure(other, 3000));
    await policy.settled;
    expect(kindsOf(events.slice(1))).toEqual([`ban ${other}`]);
  });

  test('tells of restored bans once, to the first who listens', async () => {
    const { policy, detach } = attached({ jail: 'sshd', store: await earlier() });
    detach();
    const later: BanEvent[] = [];
    policy.attach((event) => later.push(event));
    expect(later).toEqual([]);
  });

  test('counts no line again that was counted before', async () => {
    const store = new FakeStore();
    const lines = [1, 2, 3].map((n) => failure(attacker, n, { offset: n * 10 }));
    const before = attached({ jail: 'sshd', maxRetry: 4, store });
    for (const line of lines) void before.policy.handle(line);
    await before.policy.flush();
    store.crash();
    const { policy, events, notices } = attached({ jail: 'sshd', maxRetry: 4, store });
    for (const line of lines) void policy.handle(line);
    expect(notices.map(({ kind }) => kind)).toEqual(['repeated', 'repeated', 'repeated']);
    void policy.handle(failure(attacker, 4, { offset: 40 }));
    await policy.settled;
    expect(events).toMatchObject([{ kind: 'ban', failures: 4 }]);
  });

  test.each<[string, BanPolicyOptions, BanPolicyOptions, number | undefined]>([
    ['as long as it was', {}, {}, 601_000],
    ['no longer than bans are now', {}, { banTimeMs: 10_000 }, 11_000],
    ['not at all when it would be over by now', {}, { banTimeMs: 3000 }, undefined],
    ['as short as it was though bans are longer now', {}, { banTimeMs: 9_000_000 }, 601_000],
    ['no longer than bans are now, once for ever', { banTimeMs: Number.POSITIVE_INFINITY }, {}, 601_000],
    ['in full where bans may grow', { banTimeMs: 9_000_000 }, { increment: {} }, 9_001_000],
    ['up to the longest that may be', { banTimeMs: 9_000_000 }, { increment: { maxTimeMs: 60_000 } }, 61_000],
    ['for ever where bans are', { banTimeMs: 9_000_000 }, { banTimeMs: Number.POSITIVE_INFINITY }, 9_001_000],
  ])('lets a ban stand %s', async (_, before, now, endMs) => {
    const store = await earlier(before);
    const { policy, events } = attached({ jail: 'sshd', store, ...at(5000), ...now });
    expect(events.map((event) => 'endMs' in event && event.endMs)).toEqual(endMs === undefined ? [] : [endMs]);
    await policy.flush();
    expect(store.disk('sshd').bans.map((ban) => ban.endMs)).toEqual(endMs === undefined ? [] : [endMs]);
  });

  test('keeps the new end of a ban that a later failure prolonged', async () => {
    const store = await earlier();
    const second = attached({ jail: 'sshd', maxRetry: 1, store });
    void second.policy.handle(failure(attacker, 500_000));
    await second.policy.flush();
    store.crash();
    const { events } = attached({ jail: 'sshd', store, ...at(700_000) });
    expect(events).toMatchObject([{ kind: 'ban', restored: true, timeMs: 1000, endMs: 1_100_000 }]);
  });

  test('leaves out who is spared by now, and keeps it no longer', async () => {
    const store = await earlier();
    const { policy, events, notices } = attached({ jail: 'sshd', store, ignore: [attacker] });
    expect([events, notices]).toMatchObject([[], [{ kind: 'ignored', by: 'ip', failure: { id: attacker } }]]);
    await policy.flush();
    expect(store.disk('sshd').bans).toEqual([]);
  });

  test('finds a ban that is ended by hand while it waits for its verdict', async () => {
    const store = await earlier();
    const never = new Promise<boolean>(() => undefined);
    const { policy, events } = attached({
      jail: 'sshd',
      store,
      scheduler: new VirtualTimeScheduler(),
      ignoreCommand: () => never,
    });
    expect([policy.isBanned(attacker), policy.unban(attacker)]).toEqual([false, true]);
    await policy.options.store?.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(kindsOf(events)).toEqual([`ban ${attacker}`, `unban ${attacker}`]);
    expect(store.disk('sshd').bans).toEqual([]);
  });

  test('forgets in the store, too, what is more than it may remember by now', async () => {
    const store = new FakeStore();
    const first = attached({ jail: 'sshd', maxRetry: 10_000, store });
    for (let n = 0; n < 5; n += 1) void first.policy.handle(failure(`203.0.113.${n}`, n));
    for (let n = 0; n < 4100; n += 1) void first.policy.handle(failure('x', 10, { sourceId: `log.${n}` }));
    await first.policy.flush();
    expect(store.disk('sshd').seen.size).toBe(4096);
    store.crash();
    const { policy, rejects } = attached({ jail: 'sshd', store, maxTracked: 2 });
    await policy.flush();
    expect([...store.disk('sshd').tallies.keys()]).toEqual(['203.0.113.4', 'x']);
    expect(rejects.map(({ code }) => code)).toEqual(Array(4).fill('ERR_BAN_POLICY_FORGOTTEN'));
  });

  test('leaves the store when it is closed, with everything written', async () => {
    const store = new FakeStore();
    const { policy } = attached({ jail: 'sshd', store });
    void policy.handle(failure(attacker, 1));
    await policy.close();
    expect([...store.disk('sshd').tallies.keys()]).toEqual([attacker]);
  });
});

describe('the history', () => {
  const banned = async (store: FakeStore, jail: string, more: BanPolicyOptions = {}): Promise<number | undefined> => {
    const { policy, events } = attached({ jail, maxRetry: 1, store, banTimeMs: 1000, ...more });
    void policy.handle(failure(attacker, 10_000));
    await policy.flush();
    const [event] = events.filter((one) => one.kind === 'ban' && !one.restored);
    return event?.kind === 'ban' ? event.count : undefined;
  };

  test('counts the bans of an id over restarts', async () => {
    const store = new FakeStore();
    const first = attached({ jail: 'sshd', maxRetry: 1, banTimeMs: 1000, store });
    void first.policy.handle(failure(attacker, 0));
    void first.policy.handle(failure(attacker, 2000));
    await first.policy.close();
    expect(await banned(store, 'sshd')).toBe(3);
  });

  test('is known before it is on the disk', () => {
    const { policy } = attached({ jail: 'sshd', maxRetry: 1, banTimeMs: 1000, store: new FakeStore() });
    void policy.handle(failure(attacker, 0));
    expect(policy.history.lastBan(attacker)).toEqual({ timeMs: 0, banTimeMs: 1000, count: 1 });
    expect(policy.history.lastBanOverall(attacker)).toEqual({ timeMs: 0, banTimeMs: 1000, count: 1 });
    policy.unban(attacker);
    expect([policy.history.lastBan(attacker), policy.history.lastBanOverall(attacker)]).toEqual([undefined, undefined]);
  });

  test('of an id goes with a ban that is ended by hand, also when none stands', async () => {
    const store = new FakeStore();
    expect(await banned(store, 'sshd')).toBe(1);
    const { policy } = attached({ jail: 'sshd', store });
    policy.expire();
    policy.unban(attacker);
    await policy.flush();
    expect(await banned(store, 'sshd')).toBe(1);
  });

  test('is of one jail, or with overallJails the sum of all', async () => {
    const store = new FakeStore();
    const overall: BanPolicyOptions = { increment: { overallJails: true } };
    expect(await banned(store, 'web')).toBe(1);
    expect(await banned(store, 'mail', overall)).toBe(2);
    expect(await banned(store, 'ftp')).toBe(1);
    expect(await banned(store, 'sshd', overall)).toBe(1 + 2 + 1 + 1);
  });

  test('is kept without a store for a day after the ban, and after three times its length', () => {
    const day = 86_400_000;
    const { policy, events } = attached({ maxRetry: 1, banTimeMs: 1000 });
    for (const timeMs of [0, day, day + day + 1001]) void policy.handle(failure(attacker, timeMs));
    expect(events.flatMap((event) => (event.kind === 'ban' ? [event.count] : []))).toEqual([1, 2, 3]);
    void policy.handle(failure(attacker, 4 * day));
    expect(events.at(-1)).toMatchObject({ kind: 'ban', count: 1 });
  });
});
