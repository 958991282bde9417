import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BanEvent } from '@sluice/pipeline';
import fc from 'fast-check';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import type { PolicyNotice } from '../notice.ts';
import { attached } from '../testing/attached.ts';
import { failure } from '../testing/failure.ts';
import { FakeStore } from '../testing/fake-store.ts';

const script = fileURLToPath(new URL('../testing/fail2ban-decisions.py', import.meta.url));

interface Rules {
  readonly maxretry: number;
  readonly findtime: number;
  readonly bantime: number;
  readonly extra: Readonly<Record<string, string | boolean>>;
}
interface Step {
  readonly op: 'fail' | 'unban';
  readonly jail: 0 | 1;
  readonly t: number;
  readonly ip: string;
}
interface Answer {
  /** What happened, to whom, when, until when, and for a ban its number. */
  readonly decisions: readonly (readonly [string, string, number, number, number])[];
  readonly bad: readonly string[];
}

const sequences = fc.record({
  rules: fc.record<Rules>({
    maxretry: fc.integer({ min: 1, max: 6 }),
    findtime: fc.integer({ min: 5, max: 100 }),
    bantime: fc.integer({ min: 3, max: 40 }),
    extra: fc.constantFrom<Rules['extra'][]>(
      {},
      { factor: '3' },
      { multipliers: '1 2 4 8' },
      { multipliers: '1 5 2', factor: '2', maxtime: '100' },
      { formula: 'ban.Time * (1 + ban.Count)' },
      { overalljails: true },
      { overalljails: true, multipliers: '1 2 3 4 5 6 7 8 9' },
    ),
  }),
  steps: fc
    .array(
      fc.record({
        op: fc.constantFrom<Step['op'][]>(...Array<Step['op']>(15).fill('fail'), 'unban'),
        jail: fc.constantFrom<Step['jail'][]>(0, 0, 1),
        gap: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 150 })),
        ip: fc.constantFrom('203.0.113.1', '203.0.113.2', '2001:db8::1'),
      }),
      { minLength: 60, maxLength: 60 },
    )
    .map((steps) => {
      let t = 1_124_013_600;
      return steps.map(({ gap, ...step }): Step => {
        t += gap;
        return { ...step, t };
      });
    }),
});

/** A ban with its final end, as fail2ban's ticket has it after its observer. */
function shown(events: readonly BanEvent[]): unknown[] {
  const decisions: [string, string, number, number, number][] = [];
  for (const event of events) {
    const { kind, id, timeMs } = event;
    if (kind === 'unban') continue;
    if (kind === 'prolonged') decisions.splice(-1, 1, ['ban', id, timeMs / 1000, event.endMs / 1000, event.count]);
    else decisions.push([kind, id, timeMs / 1000, event.endMs / 1000, kind === 'ban' ? event.count : 0]);
  }
  return decisions;
}

const badOf = (notices: readonly PolicyNotice[]): string[] =>
  notices.flatMap((notice) => {
    if (notice.kind !== 'found' || notice.badCount === undefined) return [];
    const { bans, retriesText, reached } = notice.badCount;
    return [`${bans} # -> ${retriesText}${reached ? ', Ban' : ''}`];
  });

async function decide({ maxretry, findtime, bantime, extra }: Rules, steps: readonly Step[]): Promise<unknown[]> {
  const store = new FakeStore();
  const { overalljails, maxtime, ...increment } = extra;
  const jails = ['first', 'second'].map((jail) =>
    attached({
      jail,
      store,
      maxRetry: maxretry,
      findTimeMs: findtime * 1000,
      banTimeMs: bantime * 1000,
      increment: {
        ...increment,
        overallJails: overalljails === true,
        ...(maxtime !== undefined && { maxTimeMs: Number(maxtime) * 1000 }),
      },
    }),
  );
  const answers: unknown[] = [];
  for (const { op, jail, t, ip } of steps) {
    const { policy, events, notices } = jails[jail] as (typeof jails)[number];
    if (op === 'unban') policy.unban(ip);
    else await policy.handle(failure(ip, t * 1000));
    await policy.flush();
    answers.push({ decisions: shown(events.splice(0)), bad: badOf(notices.splice(0)) });
  }
  return answers;
}

describeWith([pythonModule('fail2ban', 'fail2ban')], "fail2ban's observer", () => {
  const rows = new Conformance("fail2ban's own decisions with bantime.increment, generated");

  test('decides as the policy does on 100 generated sequences of two jails', async () => {
    const given = fc.sample(sequences, { numRuns: 100, seed: 2026 });
    const output = execFileSync('/usr/bin/python3', [script], {
      input: JSON.stringify(given),
      encoding: 'utf8',
      env: process.env,
      maxBuffer: 1 << 26,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const theirs = JSON.parse(output) as Answer[][];
    let bans = 0;
    for (const [n, { rules, steps }] of given.entries()) {
      const ours = await decide(rules, steps);
      for (const [step, answer] of (theirs[n] as Answer[]).entries()) {
        bans += answer.decisions.length;
        rows.row(`${JSON.stringify(rules)}, sequence ${n}, step ${step}`, ours[step], answer);
      }
    }
    expect(bans).toBeGreaterThan(800);
    rows.expectAll(100 * 60);
  });
});
