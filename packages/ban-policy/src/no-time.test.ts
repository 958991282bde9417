import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import { Conformance } from '../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../tools/testing/describe-with.ts';
import { FailureCounter } from './failure-counter.ts';
import { attached } from './testing/attached.ts';
import { failure } from './testing/failure.ts';

const attacker = '203.0.113.1';

interface Rules {
  readonly maxretry: number;
  readonly findtime: number;
  readonly bantime: number;
}

/** What became of each failure that was one too many, and in which second. */
function decide({ maxretry, findtime, bantime }: Rules, times: readonly number[]): [string, number][] {
  const scheduler = new VirtualTimeScheduler();
  const told: [string, number][] = [];
  const { policy, events, notices } = attached({
    clock: 'scheduler',
    scheduler,
    maxRetry: maxretry,
    findTimeMs: findtime * 1000,
    banTimeMs: bantime * 1000,
    ignoreSelf: false,
  });
  for (const time of times) {
    scheduler.frame = time * 1000 + 250;
    void policy.handle(failure(attacker, time * 1000));
    for (const { kind } of events.splice(0)) if (kind !== 'unban') told.push([kind, time]);
    for (const { kind } of notices.splice(0)) if (kind === 'expired') told.push([kind, time]);
  }
  return told;
}

describeWith([pythonModule('fail2ban', 'fail2ban')], 'times of nothing', () => {
  const rows = new Conformance("fail2ban's failure and ban managers, findtime = 0 or bantime = 0, generated");

  test('mean to a policy what they mean to fail2ban', () => {
    const given = fc.sample(
      fc.record({
        rules: fc.record<Rules>({
          maxretry: fc.integer({ min: 1, max: 4 }),
          findtime: fc.constantFrom(0, 0, 10),
          bantime: fc.constantFrom(0, 5),
        }),
        times: fc.array(fc.constantFrom(0, 0, 1, 7), { minLength: 60, maxLength: 60 }).map((gaps) => {
          let time = 1_124_013_600;
          return gaps.map((gap) => {
            time += gap;
            return time;
          });
        }),
      }),
      { numRuns: 100, seed: 6 },
    );
    const script = fileURLToPath(new URL('testing/fail2ban-times.py', import.meta.url));
    const output = execFileSync('/usr/bin/python3', [script], {
      input: JSON.stringify(given),
      encoding: 'utf8',
      env: process.env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const theirs = JSON.parse(output) as [string, number][][];
    for (const [n, { rules, times }] of given.entries())
      rows.row(`${JSON.stringify(rules)}, sequence ${n}`, decide(rules, times), theirs[n]);
    expect(new Set(theirs.flat().map(([kind]) => kind)).size).toBeGreaterThan(1);
    rows.expectAll(100);
  });
});

describe('a ban time of 0', () => {
  test('bans nobody, live or replayed or by hand, and says that the ban would be over', () => {
    for (const options of [{}, { clock: 'scheduler', scheduler: new VirtualTimeScheduler() }] as const) {
      const { policy, events, notices } = attached({ ...options, maxRetry: 1, banTimeMs: 0, increment: {} });
      void policy.handle(failure(attacker, 0));
      policy.ban('203.0.113.2');
      expect([events, policy.status.currentlyBanned]).toEqual([[], 0]);
      expect(notices.filter(({ kind }) => kind === 'expired')).toHaveLength(2);
    }
  });
});

describe('a find time of 0', () => {
  test.each(['estimate', 'exact'] as const)('counts what happened in one moment together (%s)', (window) => {
    const { policy, events } = attached({ maxRetry: 3, findTimeMs: 0, window });
    for (const timeMs of [0, 0, 1000, 1000, 2000, 2000, 2000]) void policy.handle(failure(attacker, timeMs));
    expect(events).toMatchObject([{ kind: 'ban', timeMs: 2000, failures: 3 }]);
    const counter = new FailureCounter({ maxRetry: 3, findTimeMs: 0, maxMatches: 1, maxTracked: 10, window });
    expect([0, 1, 2].map((timeMs) => counter.addCleanly('a', timeMs).retry)).toEqual([1, 1, 1]);
  });
});
