import fc from 'fast-check';
import { testWith } from '../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../tools/testing/fail2ban-corpus.ts';
import { FailureCounter, type FailureCounterOptions } from './failure-counter.ts';

const counter = (options: Partial<FailureCounterOptions> = {}): FailureCounter =>
  new FailureCounter({ maxRetry: 3, findTimeMs: 600_000, maxMatches: 3, maxTracked: 1000, ...options });

interface GoldenEvent {
  readonly op: 'fail' | 'cleanup';
  readonly t: number;
  readonly ip: string;
  readonly match: string;
  readonly attempts: number;
  readonly ban: { readonly time: number; readonly failures: number; readonly retry: number; matches: string[] } | null;
  readonly size: number;
}
interface GoldenSequence {
  readonly maxretry: number;
  readonly findtime: number;
  readonly maxmatches: number;
  readonly events: readonly GoldenEvent[];
  readonly total: number;
}

describe('FailureCounter', () => {
  testWith([corpus], "counts fail2ban's 200 sequences as it does", () => {
    let events = 0;
    const sequences = corpusLines<GoldenSequence>('failcount.jsonl');
    for (const sequence of sequences) {
      const counted = counter({
        maxRetry: sequence.maxretry,
        findTimeMs: sequence.findtime * 1000,
        maxMatches: sequence.maxmatches,
      });
      for (const event of sequence.events) {
        events += 1;
        if (event.op === 'cleanup') counted.cleanup(event.t * 1000);
        else {
          const tally = counted.add(event.ip, event.t * 1000, event.match);
          expect(tally.retry).toBe(event.attempts);
          const ban = tally.reached
            ? {
                ip: event.ip,
                time: tally.timeMs / 1000,
                failures: tally.failures,
                retry: tally.retry,
                matches: tally.matches,
              }
            : null;
          expect(ban).toEqual(event.ban);
        }
        expect(counted.size).toBe(event.size);
      }
      expect(counted.total).toBe(sequence.total);
    }
    expect([sequences.length, events]).toEqual([200, 4165]);
  });

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
