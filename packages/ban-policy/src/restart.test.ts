import type { BanEvent, Failure } from '@sluice/pipeline';
import fc from 'fast-check';
import { BanPolicy } from './ban-policy.ts';
import type { BanPolicyOptions } from './options.ts';
import { attached } from './testing/attached.ts';
import { failure } from './testing/failure.ts';
import { FakeStore } from './testing/fake-store.ts';

/** A line of a log: a name in it may stand for several addresses, each a failure of its own. */
interface Line {
  readonly source: string;
  readonly ids: readonly string[];
  readonly gapMs: number;
}

/** What happens after a line: nothing, a turn of the event loop, a flush, or the end of the process. */
interface Step {
  readonly line: Line;
  readonly after: 'goes on' | 'turn' | 'flush' | 'crash' | 'fault';
  /** How many lines before the durable position a restart begins to read again. */
  readonly rereads: number;
}

const id = fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1', 'session', '192.0.2.99');
const line: fc.Arbitrary<Line> = fc.record({
  source: fc.constantFrom('auth.log', 'web.log'),
  ids: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
  gapMs: fc.integer({ min: 0, max: 3000 }),
});
const step: fc.Arbitrary<Step> = fc.record({
  line,
  after: fc.constantFrom('goes on', 'goes on', 'turn', 'flush', 'crash', 'fault'),
  rereads: fc.nat(4),
});
const rules: fc.Arbitrary<BanPolicyOptions> = fc.record({
  maxRetry: fc.integer({ min: 1, max: 4 }),
  findTimeMs: fc.integer({ min: 1000, max: 9000 }),
  banTimeMs: fc.constantFrom(Number.POSITIVE_INFINITY, 4000, 20_000),
  window: fc.constantFrom('estimate', 'exact'),
  increment: fc.constantFrom({}, { multipliers: '1 2 3' }),
});

const failuresOf = (lines: readonly Line[]): readonly (readonly Failure[])[] => {
  let timeMs = 0;
  return lines.map(({ source, ids, gapMs }, n) => {
    timeMs += gapMs;
    return ids.map((one) =>
      failure(one, timeMs, { sourceId: source, offset: n * 10, line: `line ${n}`, groups: { n: String(n) } }),
    );
  });
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What was told, and which new bans were before they were on the disk. */
interface Told {
  readonly told: BanEvent[];
  readonly undurable: BanEvent[];
}

/** One life of a policy: from attaching to the end of the process. */
class Life {
  readonly policy: BanPolicy;
  readonly detach: () => void;
  /** Lines that are decided, in a row. */
  acked: number;

  constructor(options: BanPolicyOptions, store: FakeStore, from: number, { told, undurable }: Told) {
    this.acked = from;
    store.position = () => this.acked;
    this.policy = new BanPolicy({ ...options, store });
    this.detach = this.policy.attach((event) => {
      told.push(event);
      const isKept = (store.disk('sshd').past.get(event.id)?.ban.bannedAtMs ?? -1) >= event.timeMs;
      if (event.kind === 'ban' && !event.restored && !isKept) undurable.push(event);
    });
  }

  handle(failures: readonly Failure[]): void {
    const pending = failures.map((one) => this.policy.handle(one)).filter((promise) => promise !== undefined);
    if (pending.length === 0 && this.policy.settled === undefined) this.acked += 1;
    else
      void Promise.all(pending).then(() => {
        this.acked += 1;
      });
  }
}

const base: BanPolicyOptions = {
  jail: 'sshd',
  clock: 'event',
  // Verdicts come late, and not all at the same pace.
  ignoreCommand: (who) => (who.id === 'session' ? turn().then(() => false) : who.id === '192.0.2.99'),
  ignoreSelf: false,
};

async function run(steps: readonly Step[], options: BanPolicyOptions): Promise<Told & { store: FakeStore }> {
  const lines = failuresOf(steps.map((one) => one.line));
  const store = new FakeStore();
  const told: Told = { told: [], undurable: [] };
  const done = new Set<Step>();
  let life = new Life(options, store, 0, told);
  for (let next = 0; next < lines.length; next += 1) {
    const { after, rereads } = steps[next] as Step;
    life.handle(lines[next] as readonly Failure[]);
    if (done.has(steps[next] as Step)) continue;
    done.add(steps[next] as Step);
    store.onFlush = undefined;
    if (after === 'turn') await turn();
    if (after === 'flush') await life.policy.flush();
    if (after === 'fault')
      store.onFlush = () => {
        throw new Error('disk full');
      };
    if (after === 'crash') {
      life.detach();
      store.crash();
      await turn();
      const from = Math.max(0, store.durablePosition - rereads);
      life = new Life(options, store, from, told);
      next = from - 1;
    }
  }
  store.onFlush = undefined;
  await life.policy.flush();
  return { ...told, store };
}

const bansOf = (events: readonly BanEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'ban' ? [`${event.id} at ${event.timeMs}, ${event.failures} failures`] : [],
  );

/** What counts of what is on the disk: a tally that is over may be swept away sooner or later. */
const stateOf = (
  { tallies, bans, ...rest }: ReturnType<FakeStore['disk']>,
  lines: readonly Line[],
  findTimeMs: number,
) => {
  const nowMs = lines.reduce((sum, { gapMs }) => sum + gapMs, 0);
  return {
    ...rest,
    bans: new Map(bans.map((ban) => [ban.id, ban])),
    tallies: new Map([...tallies].filter(([, { timeMs }]) => timeMs > nowMs - findTimeMs)),
  };
};

describe('a policy with a store', () => {
  test('decides each ban once and counts as if it had never ended, wherever it is killed and from where it reads again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rules, async (steps, given) => {
        const options = { ...base, ...given };
        const calm = await run(
          steps.map((one) => ({ ...one, after: 'goes on' as const })),
          options,
        );
        const killed = await run(steps, options);
        const fresh = killed.told.filter((event) => event.kind === 'ban' && !event.restored);
        if (steps.every((one) => one.after !== 'fault')) expect(killed.undurable).toEqual([]);
        expect(new Set(bansOf(fresh)).size).toBe(fresh.length);
        expect(new Set(bansOf(killed.told))).toEqual(new Set(bansOf(calm.told)));
        const [ours, theirs] = [killed, calm].map(({ store }) =>
          stateOf(
            store.disk('sshd'),
            steps.map((one) => one.line),
            given.findTimeMs ?? 0,
          ),
        );
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 300 },
    );
  });

  test('tells the same, in the same order, as one without', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), rules, async (steps, given) => {
        const options = { ...base, ...given };
        const { told } = await run(
          steps.map((one) => ({ ...one, after: one.after === 'crash' ? 'turn' : one.after })),
          options,
        );
        const plain = attached(options);
        for (const failures of failuresOf(steps.map((one) => one.line)))
          for (const one of failures) await plain.policy.handle(one);
        expect(told).toEqual(plain.events);
      }),
      { numRuns: 200 },
    );
  });
});
