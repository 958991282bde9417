import { type BanEvent, CounterMetrics, type Failure, type Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { EMPTY, from, NEVER, of, type SchedulerLike, Subject, take, VirtualTimeScheduler } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { BanPolicy } from './ban-policy.ts';
import { decideBans } from './decide-bans.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import type { PolicyNotice } from './notice.ts';
import type { BanPolicyOptions } from './options.ts';
import { failure } from './testing/failure.ts';

const attacker = '203.0.113.66';

/** Runs marbles; virtual time begins at 0 and a frame is a millisecond. */
const inVirtualTime = (test: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(test);

/** Decisions on failures that come one after the other, all before any timer runs out. */
const decisions = (failures: readonly Failure[], options: BanPolicyOptions | BanPolicy = {}): BanEvent[] => {
  const events: BanEvent[] = [];
  from(failures)
    .pipe(decideBans(options))
    .subscribe((event) => events.push(event));
  return events;
};

const kinds = (events: readonly BanEvent[]): string[] => events.map(({ kind, id }) => `${kind} ${id}`);

const ban = (more: object) => ({
  kind: 'ban',
  jail: 'sshd',
  id: attacker,
  address: { text: attacker, family: 4 },
  restored: false,
  groups: {},
  ...more,
});

describe('decideBans', () => {
  test('bans on the third failure within the window and unbans when the ban is over', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const lines = ['first', 'second', 'third'];
      const failures = cold('a 9ms b 9ms c 200ms |', {
        a: failure(attacker, 0, { line: 'first' }),
        b: failure(attacker, 10, { line: 'second' }),
        c: failure(attacker, 20, { line: 'third', groups: { user: 'root' } }),
      });
      const decided = failures.pipe(decideBans({ jail: 'sshd', maxRetry: 3, findTimeMs: 1000, banTimeMs: 100 }));
      const b = ban({
        timeMs: 20,
        banTimeMs: 100,
        endMs: 120,
        failures: 3,
        count: 1,
        matches: lines,
        groups: { user: 'root' },
      });
      const u = { kind: 'unban', jail: 'sshd', id: attacker, address: b.address, timeMs: 120, reason: 'expired' };
      expectObservable(decided).toBe('20ms b 99ms u 100ms |', { b, u });
    });
  });

  test('does not ban when the failures lie too far apart', () => {
    const failures = [0, 600_000, 1_200_000].map((timeMs) => failure(attacker, timeMs));
    expect(decisions(failures, { maxRetry: 2, clock: 'event' })).toEqual([]);
  });

  test('prolongs the ban of one who fails enough again, and says since when it stands', () => {
    const failures = [0, 10, 20, 30, 40].map((timeMs) => failure(attacker, timeMs));
    const events = decisions(failures, { maxRetry: 2, banTimeMs: 1000, clock: 'event' });
    expect(events.slice(1)).toEqual([
      {
        kind: 'already-banned',
        jail: 'default',
        id: attacker,
        address: { text: attacker, family: 4 },
        timeMs: 30,
        bannedAtMs: 10,
        endMs: 1030,
        extended: true,
      },
    ]);
  });

  test('ends a prolonged ban at its new end only', () => {
    const failures = [0, 500, 1000, 1499, 1501].map((timeMs) =>
      failure(timeMs < 1000 ? attacker : '203.0.113.1', timeMs),
    );
    const events = decisions(failures, { maxRetry: 1, banTimeMs: 1000, clock: 'event' });
    expect(kinds(events)).toEqual([
      `ban ${attacker}`,
      `already-banned ${attacker}`,
      'ban 203.0.113.1',
      'already-banned 203.0.113.1',
      `unban ${attacker}`,
      'already-banned 203.0.113.1',
    ]);
  });

  test('does not prolong a ban for ever', () => {
    const events = decisions([failure(attacker, 1), failure(attacker, 2)], {
      maxRetry: 1,
      banTimeMs: Number.POSITIVE_INFINITY,
      clock: 'event',
    });
    expect(events).toMatchObject([
      { kind: 'ban', endMs: Number.POSITIVE_INFINITY },
      { kind: 'already-banned', extended: false, endMs: Number.POSITIVE_INFINITY },
    ]);
  });

  test('decides nothing when the ban would be over, and says so', () => {
    const notices: PolicyNotice[] = [];
    const options = { jail: 'sshd', maxRetry: 1, banTimeMs: 1000, scheduler: new VirtualTimeScheduler() };
    options.scheduler.frame = 5000;
    const events = decisions([failure(attacker, 4000), failure(attacker, 4001)], {
      ...options,
      notices: { next: (notice) => notices.push(notice) },
    });
    expect(kinds(events)).toEqual([`ban ${attacker}`]);
    expect(notices.map(({ kind }) => kind)).toEqual(['found', 'expired', 'found']);
    expect(notices[1]).toMatchObject({
      kind: 'expired',
      jail: 'sshd',
      ban: { id: attacker, timeMs: 4000, endMs: 5000 },
    });
  });

  test('tells of a failure before it tells of the ban that it leads to', () => {
    const order: string[] = [];
    of(failure(attacker, 1))
      .pipe(decideBans({ maxRetry: 1, clock: 'event', notices: { next: ({ kind }) => order.push(kind) } }))
      .subscribe(({ kind }) => order.push(kind));
    expect(order).toEqual(['found', 'ban']);
  });

  test('never bans an allowed address or one of its own, and says which it was', () => {
    const by: unknown[] = [];
    const metrics = new CounterMetrics();
    const events = decisions(
      ['10.1.2.3', '127.0.0.1', attacker].map((id) => failure(id, 1)),
      {
        maxRetry: 1,
        ignore: ['10.0.0.0/8'],
        clock: 'event',
        notices: { next: (notice) => notice.kind === 'ignored' && by.push([notice.failure.id, notice.by]) },
        metrics,
      },
    );
    expect(kinds(events)).toEqual([`ban ${attacker}`]);
    expect(by).toEqual([
      ['10.1.2.3', 'ip'],
      ['127.0.0.1', 'self'],
    ]);
    expect(metrics.get(metric.ignored)).toBe(2);
  });

  test('bans its own address when told to', () => {
    expect(kinds(decisions([failure('127.0.0.1', 1)], { maxRetry: 1, ignoreSelf: false, clock: 'event' }))).toEqual([
      'ban 127.0.0.1',
    ]);
  });

  test('counts a line once, however often it is read', () => {
    const repeated: number[] = [];
    const lines = [failure(attacker, 1), failure(attacker, 2)];
    const events = decisions([...lines, ...lines, ...lines], {
      maxRetry: 3,
      clock: 'event',
      notices: { next: (notice) => notice.kind === 'repeated' && repeated.push(notice.failure.timeMs) },
    });
    expect(events).toEqual([]);
    expect(repeated).toEqual([1, 2, 1, 2]);
  });

  test('bans an id that is no address', () => {
    const [event] = decisions([failure('session 17', 1)], { maxRetry: 1, clock: 'event' });
    expect(event).toMatchObject({ kind: 'ban', id: 'session 17' });
    expect(event).not.toHaveProperty('address');
  });

  test('numbers the bans of an id', () => {
    const failures = [0, 2000, 4000].map((timeMs) => failure(attacker, timeMs));
    const events = decisions(failures, { maxRetry: 1, banTimeMs: 1000, clock: 'event' });
    expect(events.flatMap((event) => (event.kind === 'ban' ? [event.count] : []))).toEqual([1, 2, 3]);
  });

  test('carries the last lines only, and of a long line its beginning', () => {
    const failures = ['one', 'two', 'x'.repeat(5000)].map((line, timeMs) => failure(attacker, timeMs, { line }));
    const [event] = decisions(failures, { maxRetry: 3, maxMatches: 2, maxMatchChars: 10, clock: 'event' });
    expect(event).toMatchObject({ matches: ['two', 'xxxxxxxxxx'] });
  });

  test('rejects a failure without a time and goes on', () => {
    const rejects: Reject[] = [];
    const events = decisions([failure(attacker, Number.NaN, { offset: 7 }), failure(attacker, 1)], {
      maxRetry: 1,
      clock: 'event',
      rejects: { next: (reject) => rejects.push(reject) },
    });
    expect(kinds(events)).toEqual([`ban ${attacker}`]);
    expect(rejects).toMatchObject([{ component: 'ban-policy', code: 'ERR_BAN_POLICY_TIME', offset: 7 }]);
  });

  test('ends the ban that would end first when too many stand, and reports it', () => {
    const rejects: Reject[] = [];
    const metrics = new CounterMetrics();
    const events = decisions(
      ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((id, timeMs) => failure(id, timeMs)),
      { maxRetry: 1, maxBans: 2, clock: 'event', rejects: { next: (reject) => rejects.push(reject) }, metrics },
    );
    expect(kinds(events)).toEqual(['ban 203.0.113.1', 'ban 203.0.113.2', 'unban 203.0.113.1', 'ban 203.0.113.3']);
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_FULL', value: '203.0.113.1' }]);
    expect(metrics.get(metric.evicted)).toBe(1);
  });

  test('reports an id whose failures it forgets because too many fail', () => {
    const rejects: Reject[] = [];
    const metrics = new CounterMetrics();
    decisions(
      ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((id, timeMs) => failure(id, timeMs)),
      { maxTracked: 2, clock: 'event', rejects: { next: (reject) => rejects.push(reject) }, metrics },
    );
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_FORGOTTEN', value: '203.0.113.1' }]);
    expect(metrics.get(metric.forgotten)).toBe(1);
  });

  test('reports a name in the ignore list, which it cannot resolve', () => {
    const rejects: Reject[] = [];
    decisions([], { ignore: ['office.example.com'], rejects: { next: (reject) => rejects.push(reject) } });
    expect(rejects).toMatchObject([{ code: 'ERR_BAN_POLICY_NAME', value: 'office.example.com' }]);
  });
});

describe('decideBans in time', () => {
  test('completes with its source and leaves no timer behind', () => {
    const scheduler = new VirtualTimeScheduler();
    let completed = false;
    of(failure(attacker, 0))
      .pipe(decideBans({ maxRetry: 1, scheduler }))
      .subscribe({ complete: () => (completed = true) });
    expect(completed).toBe(true);
    expect(scheduler.actions).toEqual([]);
  });

  test('completes when the signal aborts, lets go of its source, and leaves no timer behind', () => {
    const scheduler = new VirtualTimeScheduler();
    const abort = new AbortController();
    const source = new Subject<Failure>();
    let completed = false;
    source
      .pipe(decideBans({ maxRetry: 1, scheduler, signal: abort.signal }))
      .subscribe({ complete: () => (completed = true) });
    source.next(failure(attacker, 0));
    expect(scheduler.actions).toHaveLength(1);
    abort.abort();
    expect([completed, source.observed, scheduler.actions]).toEqual([true, false, []]);
  });

  test('keeps one timer, which never waits longer than a timer can, for a ban of 60 days', () => {
    const scheduler = new VirtualTimeScheduler();
    const waits: number[] = [];
    const banTimeMs = 60 * 86_400_000;
    const unbans: number[] = [];
    const source = new Subject<Failure>();
    source
      .pipe(
        decideBans({
          maxRetry: 1,
          banTimeMs,
          scheduler: {
            now: () => scheduler.now(),
            schedule: (...args: Parameters<SchedulerLike['schedule']>) => {
              waits.push(args[1] ?? 0);
              return scheduler.schedule(...args);
            },
          },
        }),
      )
      .subscribe((event) => event.kind === 'unban' && unbans.push(event.timeMs));
    source.next(failure(attacker, 0));
    source.next(failure('203.0.113.1', 5));
    expect(scheduler.actions).toHaveLength(1);
    scheduler.flush();
    expect(unbans).toEqual([banTimeMs, banTimeMs + 5]);
    expect(Math.max(...waits)).toBeLessThan(2 ** 31);
  });

  test('notices within a minute that the clock was set forward past the end of a ban', () => {
    const scheduler = new VirtualTimeScheduler();
    let aheadMs = 0;
    const unbans: number[] = [];
    const clock = {
      now: () => scheduler.now() + aheadMs,
      schedule: scheduler.schedule.bind(scheduler),
    };
    NEVER.pipe(
      decideBans({
        scheduler: clock,
        restore: [{ id: attacker, bannedAtMs: 0, endMs: 86_400_000, failures: 1, count: 1 }],
      }),
    ).subscribe((event) => event.kind === 'unban' && unbans.push(scheduler.now()));
    aheadMs = 90_000_000;
    scheduler.flush();
    expect(unbans).toEqual([60_000]);
  });

  test('a listener that leaves in the middle of a row of unbans gets no more, and nothing is thrown', () => {
    const scheduler = new VirtualTimeScheduler();
    const source = new Subject<Failure>();
    const events: BanEvent[] = [];
    source
      .pipe(decideBans({ maxRetry: 1, banTimeMs: 100, scheduler }), take(4))
      .subscribe((event) => events.push(event));
    for (const id of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) source.next(failure(id, 0));
    scheduler.flush();
    expect(kinds(events).slice(3)).toEqual(['unban 203.0.113.1']);
    expect(scheduler.actions).toEqual([]);
  });

  test('errors with its source', () => {
    const fault = new Error('disk');
    const source = new Subject<Failure>();
    const faults: unknown[] = [];
    source.pipe(decideBans()).subscribe({ error: (error: unknown) => faults.push(error) });
    source.error(fault);
    expect(faults).toEqual([fault]);
  });

  test('restores bans that are not over, and none that is over or allowed by now', () => {
    const policy = new BanPolicy({ maxRetry: 1, clock: 'event' });
    decisions(
      ['203.0.113.1', '203.0.113.2', '10.0.0.1'].map((id, n) => failure(id, n * 100_000)),
      policy,
    );
    const scheduler = new VirtualTimeScheduler();
    scheduler.frame = 650_000;
    const events: BanEvent[] = [];
    EMPTY.pipe(decideBans({ jail: 'sshd', scheduler, restore: policy.bans, ignore: ['10.0.0.0/8'] })).subscribe(
      (event) => events.push(event),
    );
    expect(events).toEqual([
      ban({
        id: '203.0.113.2',
        address: { text: '203.0.113.2', family: 4 },
        timeMs: 100_000,
        banTimeMs: 600_000,
        endMs: 700_000,
        failures: 1,
        count: 1,
        restored: true,
        matches: [expect.stringMatching(/^line /)],
      }),
    ]);
  });

  test('gives each subscription its own state', () => {
    const decide = decideBans({ maxRetry: 2, clock: 'event' });
    const once = of(failure(attacker, 1)).pipe(decide);
    const events: BanEvent[] = [];
    once.subscribe((event) => events.push(event));
    once.subscribe((event) => events.push(event));
    expect(events).toEqual([]);
  });

  test('decides on a replay what it decided live', () => {
    const steps = fc.array(
      fc.record({
        id: fc.constantFrom('203.0.113.1', '203.0.113.2', '2001:db8::1', 'session'),
        gapMs: fc.integer({ min: 0, max: 4000 }),
      }),
      { maxLength: 60 },
    );
    const rules = fc.record({
      maxRetry: fc.integer({ min: 1, max: 4 }),
      findTimeMs: fc.integer({ min: 1, max: 9000 }),
      banTimeMs: fc.oneof(fc.integer({ min: 1, max: 9000 }), fc.constant(Number.POSITIVE_INFINITY)),
    });
    fc.assert(
      fc.property(steps, rules, (gaps, options) => {
        let timeMs = 0;
        const failures = gaps.map(({ id, gapMs }) => {
          timeMs += gapMs;
          return failure(id, timeMs);
        });
        const scheduler = new VirtualTimeScheduler();
        const live: BanEvent[] = [];
        const source = new Subject<Failure>();
        source.pipe(decideBans({ ...options, scheduler })).subscribe((event) => live.push(event));
        for (const item of failures) scheduler.schedule(() => source.next(item), item.timeMs);
        scheduler.schedule(() => source.complete(), timeMs);
        scheduler.flush();
        expect(decisions(failures, { ...options, clock: 'event' })).toEqual(live);
      }),
      { numRuns: 300 },
    );
  });
});
