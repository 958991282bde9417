import fc from 'fast-check';
import { FailureCounter } from './failure-counter.ts';
import { slide } from './sliding-window.ts';
import { attached } from './testing/attached.ts';
import { failure } from './testing/failure.ts';

const attacker = '203.0.113.66';

describe('an exact window', () => {
  test('counts the failures less than the find time before the newest, in whatever order they come', () => {
    const given = fc.array(fc.record({ timeMs: fc.nat(100), weight: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(
        given,
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        (failures, findTimeMs, max) => {
          const times: number[] = [];
          let count = 0;
          for (const { timeMs, weight } of failures) count = slide(times, timeMs, weight, findTimeMs, max);
          const all = failures
            .flatMap(({ timeMs, weight }) => Array<number>(weight).fill(timeMs))
            .sort((a, b) => a - b);
          const newest = all.at(-1) ?? 0;
          const within = all.filter((timeMs) => timeMs > newest - findTimeMs).slice(-max);
          expect(times).toEqual(within);
          expect(count).toBe(within.length);
        },
      ),
    );
  });

  test('lets old failures drop out one by one, where the estimate fades them', () => {
    const gaps = [0, 4, 4, 4, 4, 4, 4].map((_, n) => n * 4000);
    const banned = (window: 'exact' | 'estimate'): number | undefined => {
      const { policy, events } = attached({ maxRetry: 3, findTimeMs: 8000, window });
      for (const timeMs of gaps) void policy.handle(failure(attacker, timeMs));
      return events[0]?.timeMs;
    };
    expect([banned('exact'), banned('estimate')]).toEqual([undefined, 8000]);
  });

  test('goes on from an estimate, and back, when the rule changes', () => {
    const { policy, events } = attached({ maxRetry: 4, findTimeMs: 10_000 });
    for (const timeMs of [0, 1000]) void policy.handle(failure(attacker, timeMs));
    policy.reconfigure({ maxRetry: 4, findTimeMs: 10_000, window: 'exact' });
    void policy.handle(failure(attacker, 2000));
    policy.reconfigure({ maxRetry: 4, findTimeMs: 10_000 });
    expect(events).toEqual([]);
    void policy.handle(failure(attacker, 3000));
    expect(events).toMatchObject([{ kind: 'ban', failures: 4 }]);
  });

  test('keeps no more times of an id than make a ban', () => {
    const counter = new FailureCounter({
      maxRetry: 3,
      findTimeMs: 1000,
      maxMatches: 1,
      maxTracked: 10,
      window: 'exact',
    });
    for (let n = 0; n < 100; n += 1) counter.add('a', n * 600);
    expect(counter.kept('a')?.times).toHaveLength(2);
  });
});
