import fc from 'fast-check';
import { FailureCounter, type FailureCounterOptions } from './failure-counter.ts';

const counter = (options: Partial<FailureCounterOptions> = {}): FailureCounter =>
  new FailureCounter({ maxRetry: 3, findTimeMs: 600_000, maxMatches: 3, maxTracked: 1000, ...options });

describe('FailureCounter', () => {
  test('lets old failures fade instead of dropping them one by one', () => {
    const counted = counter({ maxRetry: 10, findTimeMs: 10_000 });
    for (const second of [0, 1, 2, 3]) counted.add('a', second * 1000);
    expect(counted.add('a', 20_000).retry).toBe(2 + 1);
  });

  test('counts a failure that comes late without moving the time back', () => {
    const counted = counter();
    counted.add('a', 5000);
    expect(counted.add('a', 1000)).toMatchObject({ retry: 2, timeMs: 5000, firstMs: 5000 });
  });

  test('forgets the id that failed longest ago when too many fail, and says which', () => {
    const forgotten: string[] = [];
    const counted = counter({ maxTracked: 2, onForgotten: (id) => forgotten.push(id) });
    counted.add('a', 1000);
    counted.add('b', 2000);
    counted.add('a', 3000);
    counted.add('c', 4000);
    expect(forgotten).toEqual(['b']);
    expect(counted.get('a')?.retry).toBe(2);
  });

  test('tells the ids that fail now from those that it has not cleaned up yet', () => {
    const counted = counter({ findTimeMs: 10_000 });
    counted.add('a', 0);
    counted.add('b', 5000);
    expect(counted.failing(10_000)).toBe(1);
    expect(counted.size).toBe(2);
  });

  test('never holds more ids than allowed, nor a tally at the limit', () => {
    const failures = fc.array(fc.record({ id: fc.integer({ min: 0, max: 20 }), t: fc.integer({ min: 0, max: 100 }) }));
    fc.assert(
      fc.property(failures, fc.integer({ min: 1, max: 5 }), (items, maxRetry) => {
        const counted = counter({ maxRetry, maxTracked: 7, findTimeMs: 10_000, maxMatches: 2 });
        for (const { id, t } of items) {
          const tally = counted.add(String(id), t * 1000, 'line');
          expect(tally.matches.length).toBeLessThanOrEqual(2);
          expect(tally.reached).toBe(tally.retry >= maxRetry);
          expect(counted.get(String(id)) === undefined).toBe(tally.reached);
          expect(counted.size).toBeLessThanOrEqual(7);
        }
      }),
    );
  });
});
