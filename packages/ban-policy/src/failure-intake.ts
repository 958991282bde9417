import { type Clock, cutText, type Failure, leanFailure } from '@sluice/pipeline';
import type { BanDecider } from './ban-decider.ts';
import type { EventClock } from './event-clock.ts';
import type { FailureCounter } from './failure-counter.ts';
import type { Protection } from './ignore/protection.ts';
import type { IgnoreRule, Suspect } from './ignore/suspect.ts';
import type { BanTimes } from './increment/ban-times.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import type { BadCount } from './notice.ts';
import type { ResolvedOptions } from './options.ts';
import type { Reporter } from './reporter.ts';
import { SeenFailures } from './seen-failures.ts';
import type { JailMemory } from './state/jail-memory.ts';

/** By what failures are judged; may change. */
export interface IntakeRules {
  readonly options: ResolvedOptions;
  readonly protection: Protection;
  readonly times: BanTimes | undefined;
}

/** What an intake works with. */
export interface IntakeParts {
  readonly counter: FailureCounter;
  readonly memory: JailMemory;
  readonly decider: BanDecider;
  readonly reporter: Reporter;
  /** The time of the latest failure. */
  readonly events: EventClock;
  readonly clock: Clock;
}

const sweepAtLeastMs = 5000;

/** Longest id: far above addresses and sessions, and short enough to be kept for many who fail. */
const maxIdChars = 4096;

/** From a failure to "failed enough": what is usable, new and of nobody who is spared is counted. */
export class FailureIntake {
  readonly #counter: FailureCounter;
  readonly #memory: JailMemory;
  readonly #decider: BanDecider;
  readonly #reporter: Reporter;
  readonly #events: EventClock;
  readonly #clock: Clock;
  readonly #seen: SeenFailures;
  #rules: IntakeRules;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  constructor(rules: IntakeRules, parts: IntakeParts) {
    this.#rules = rules;
    this.#counter = parts.counter;
    this.#memory = parts.memory;
    this.#decider = parts.decider;
    this.#reporter = parts.reporter;
    this.#events = parts.events;
    this.#clock = parts.clock;
    this.#seen = new SeenFailures(rules.options.maxSeen);
  }

  setRules(rules: IntakeRules): void {
    this.#rules = rules;
  }

  /** Takes one failure. */
  take(failure: Failure): Promise<void> | undefined {
    const { jail, notices, maxMatchChars } = this.#rules.options;
    if (!this.#isUsable(failure)) return undefined;
    this.#events.show(failure.timeMs);
    this.#decider.expire();
    const lean = leanFailure(failure, maxMatchChars);
    if (!this.#seen.add(lean) || this.#memory.wasCounted(failure)) {
      this.#reporter.count(metric.duplicate);
      notices?.next({ kind: 'repeated', jail, failure });
      return undefined;
    }
    const onSpared = (): void => this.#reporter.count(metric.ignored);
    const goOn = (): void => {
      const badCount = this.#badCountOf(failure);
      notices?.next({ kind: 'found', jail, failure, ...(badCount && { badCount }) });
      this.#count(lean, linesOf(lean, maxMatchChars), badCount?.retries);
      this.#memory.counted(lean);
    };
    return this.unlessSpared(failure, goOn, onSpared);
  }

  /** Counts as many failures by hand as there are lines, at least one, as one that happened now. */
  attempt(who: Suspect, lines: readonly string[]): Promise<void> | undefined {
    const { jail, notices, maxMatchChars } = this.#rules.options;
    const timeMs = this.#clock.nowMs();
    return this.unlessSpared(who, () => {
      notices?.next({ kind: 'attempt', jail, id: who.id, timeMs });
      this.#count({ ...who, timeMs, groups: {} }, cutLines(lines, maxMatchChars), Math.max(1, lines.length));
    });
  }

  /** Goes on unless a rule spares the one; says so then. */
  unlessSpared(who: Suspect, goOn: () => void, onSpared?: () => void): Promise<void> | undefined {
    const { options, protection } = this.#rules;
    const judge = (by: IgnoreRule | undefined): void => {
      if (by === undefined) {
        goOn();
        return;
      }
      onSpared?.();
      options.notices?.next({ kind: 'ignored', jail: options.jail, failure: who, by });
    };
    const rule = protection.ruleFor(who, this.#clock.nowMs());
    if (rule instanceof Promise) return rule.then(judge);
    judge(rule);
    return undefined;
  }

  /** What is held against one who was banned in this jail before the failure. */
  #badCountOf({ id, timeMs }: Failure): BadCount | undefined {
    const { times, options } = this.#rules;
    const last = times && this.#memory.lastBan(id);
    if (times === undefined || last === undefined || timeMs <= last.timeMs) return undefined;
    const { retries, text } = times.retries(last.count, options.maxRetry);
    if (retries <= 1) return undefined;
    return { bans: last.count, retries, retriesText: text, reached: retries >= options.maxRetry };
  }

  #count(
    { id, address, timeMs, groups }: Pick<Failure, 'id' | 'address' | 'timeMs' | 'groups'>,
    lines: string | readonly string[],
    weight: number | undefined,
  ): void {
    const tally = this.#counter.addCleanly(id, timeMs, lines, weight);
    if (tally.reached) {
      const { failures, matches } = tally;
      this.#decider.reach({ id, ...(address && { address }), groups, timeMs: tally.timeMs, failures, matches });
    }
    this.#sweep(timeMs);
  }

  /** Frees what {@link #count} would let begin anew anyway; seldom enough to cost a few steps a failure. */
  #sweep(timeMs: number): void {
    const { findTimeMs } = this.#rules.options;
    // With no find time failures of the same moment still count together.
    const untilMs = Math.min(timeMs, this.#clock.nowMs()) - (findTimeMs === 0 ? 1 : 0);
    if (untilMs - this.#sweptAtMs < Math.max(sweepAtLeastMs, findTimeMs / 4)) return;
    this.#sweptAtMs = untilMs;
    this.#counter.cleanup(untilMs);
  }

  #isUsable(failure: Failure): boolean {
    const { id, timeMs } = failure;
    const start = id.slice(0, 100);
    if (!Number.isFinite(timeMs))
      this.#reporter.reject('ERR_BAN_POLICY_TIME', `a failure of ${start} has the time ${timeMs}`, timeMs, failure);
    else if (id.length > maxIdChars)
      this.#reporter.reject(
        'ERR_BAN_POLICY_ID',
        `the id ${start}… has ${id.length} characters, more than ${maxIdChars}`,
        start,
        failure,
      );
    else return true;
    this.#reporter.count(metric.rejected);
    return false;
  }
}

/** What a ban keeps of a failure: its line, or all lines of the session that it ended. */
const linesOf = ({ line, matches }: Failure, maxChars: number): string | readonly string[] =>
  matches === undefined ? cutText(line, maxChars) : cutLines(matches, maxChars);

const cutLines = (lines: readonly string[], maxChars: number): readonly string[] =>
  lines.map((line) => cutText(line, maxChars));
