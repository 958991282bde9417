import { Conformance } from '../../../tools/testing/conformance.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../tools/testing/fail2ban-corpus.ts';
import { FailureCounter } from './failure-counter.ts';

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

describeWith([corpus], 'FailureCounter', () => {
  const rows = new Conformance('failcount.jsonl');

  test("counts fail2ban's 200 sequences as it does", () => {
    let events = 0;
    const sequences = corpusLines<GoldenSequence>('failcount.jsonl');
    for (const [n, { maxretry, findtime, maxmatches, events: steps, total }] of sequences.entries()) {
      const counter = new FailureCounter({
        maxRetry: maxretry,
        findTimeMs: findtime * 1000,
        maxMatches: maxmatches,
        maxTracked: 1000,
      });
      for (const [step, { op, t, ip, match, attempts, ban, size }] of steps.entries()) {
        const what = `sequence ${n}, event ${step}`;
        events += 1;
        if (op === 'cleanup') {
          counter.cleanup(t * 1000);
          rows.row(what, { size: counter.size }, { size });
          continue;
        }
        const { reached, timeMs, failures, retry, matches } = counter.add(ip, t * 1000, match);
        const reachedBan = reached ? { ip, time: timeMs / 1000, failures, retry, matches } : null;
        rows.row(what, { attempts: retry, ban: reachedBan, size: counter.size }, { attempts, ban, size });
      }
      expect(counter.total).toBe(total);
    }
    expect([sequences.length, events]).toEqual([200, 4165]);
    rows.expectAll(4165);
  });
});
