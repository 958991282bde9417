import { type Clock, type Failure, parseAddress } from '@sluice/pipeline';
import { BanDecider } from './ban-decider.ts';
import type { StandingBan } from './ban-list.ts';
import { BanPolicyError } from './ban-policy-error.ts';
import { cutLine } from './cut-line.ts';
import { EventClock } from './event-clock.ts';
import { FailureCounter } from './failure-counter.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import { type BanPolicyOptions, type Decide, type ResolvedOptions, resolveOptions } from './options.ts';
import { Protection } from './protection.ts';
import { Reporter } from './reporter.ts';
import { SeenFailures } from './seen-failures.ts';

/** What fail2ban's `status` shows of a jail. */
export interface PolicyStatus {
  /** Ids that failed within the find time. */
  readonly currentlyFailed: number;
  /** Failures counted since the beginning. */
  readonly totalFailed: number;
  readonly currentlyBanned: number;
  /** Bans decided since the beginning, restored ones included. */
  readonly totalBanned: number;
}

const sweepAtLeastMs = 5000;

/**
 * One jail's rules and state, with no stream in it: failures go in by {@link handle}, decisions go to whoever is
 * {@link attach}ed. `decideBans` runs it in a stream; an application keeps hold of it to ask and to ban by hand.
 *
 * The order of checks for a failure: usable time, not counted before, not protected, then it is counted. An id whose last
 * failure is the find time or more before this one begins anew, which is what fail2ban's clean-up every 5 s comes to.
 */
export class BanPolicy {
  readonly options: ResolvedOptions;
  readonly #counter: FailureCounter;
  readonly #decider: BanDecider;
  readonly #seen: SeenFailures;
  readonly #protection: Protection;
  readonly #reporter: Reporter;
  readonly #events = new EventClock();
  readonly #clock: Clock;
  #decide: Decide | undefined;
  #sweptAtMs = Number.NEGATIVE_INFINITY;

  /** @throws BanPolicyError `ERR_BAN_POLICY_OPTION` or `ERR_BAN_POLICY_IGNORE` */
  constructor(options: BanPolicyOptions = {}) {
    this.options = resolveOptions(options);
    const { maxSeen, scheduler, clock } = this.options;
    this.#reporter = new Reporter(this.options);
    this.#protection = new Protection(this.options, this.#reporter);
    for (const { code, message, value } of this.unresolved) this.#reporter.reject(code, message, value);
    this.#counter = new FailureCounter({ ...this.options, onForgotten: (id) => this.#onForgotten(id) });
    this.#seen = new SeenFailures(maxSeen);
    this.#clock = clock === 'event' ? this.#events : { nowMs: () => scheduler.now() };
    // Whoever lets go while bans end in a row takes no more of them, as anyone who unsubscribes.
    this.#decider = new BanDecider(this.options, this.#clock, this.#reporter, (event) => this.#decide?.(event));
  }

  /** When the next ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#decider.bans.nextEndMs;
  }

  /** The bans that stand: what `restore` takes after a restart. */
  get bans(): Iterable<StandingBan> {
    return this.#decider.bans;
  }

  /** Entries of `ignore` that are not resolved, each with its cure; `rejects` is told of them too. */
  get unresolved(): readonly BanPolicyError[] {
    return this.#protection.list.unresolved;
  }

  get status(): PolicyStatus {
    return {
      currentlyFailed: this.#counter.failing(this.#clock.nowMs()),
      totalFailed: this.#counter.total,
      currentlyBanned: this.#decider.bans.size,
      totalBanned: this.#decider.total,
    };
  }

  isBanned(id: string): boolean {
    return this.#decider.bans.get(nameOf(id)) !== undefined;
  }

  /**
   * Makes `decide` the one who is told of decisions.
   *
   * @returns a function that lets go again; the state stays
   * @throws BanPolicyError `ERR_BAN_POLICY_ATTACHED` when someone is attached already: two streams that share a policy
   *   would each see a part of its decisions
   */
  attach(decide: Decide): () => void {
    if (this.#decide !== undefined)
      throw new BanPolicyError('ERR_BAN_POLICY_ATTACHED', `policy "${this.options.jail}" runs in a stream already`, {
        cure: 'merge the failures into one stream, or make a policy for each',
      });
    this.#decide = decide;
    return () => {
      this.#decide = undefined;
    };
  }

  /** Takes over bans that stand: each that is not over, not protected and not known is decided, as `restored`. */
  restore(bans: Iterable<StandingBan>): void {
    this.#mustBeAttached();
    const nowMs = this.#clock.nowMs();
    for (const ban of bans)
      if (ban.endMs > nowMs && !this.isBanned(ban.id) && this.#protection.ruleFor(ban, nowMs) === undefined)
        this.#decider.restore(ban);
  }

  /** Takes one failure. */
  handle(failure: Failure): void {
    this.#mustBeAttached();
    const { jail, notices } = this.options;
    this.#reporter.count(metric.received);
    if (!Number.isFinite(failure.timeMs)) {
      this.#rejectTime(failure);
      return;
    }
    this.#events.show(failure.timeMs);
    this.expire();
    if (!this.#seen.add(failure)) {
      this.#reporter.count(metric.duplicate);
      notices?.next({ kind: 'repeated', jail, failure });
      return;
    }
    const by = this.#protection.ruleFor(failure, this.#clock.nowMs());
    if (by !== undefined) {
      this.#reporter.count(metric.ignored);
      notices?.next({ kind: 'ignored', jail, failure, by });
      return;
    }
    notices?.next({ kind: 'found', jail, failure });
    this.#count(failure);
  }

  /** Ends the bans that are over. */
  expire(): void {
    this.#mustBeAttached();
    this.#decider.expire();
  }

  /**
   * Bans an address or id by hand, from now, whether it is protected or not.
   *
   * @returns false when it is banned already; the ban is then prolonged
   */
  ban(id: string): boolean {
    this.#mustBeAttached();
    const address = parseAddress(id);
    const known = this.isBanned(id);
    const who = { id: nameOf(id), ...(address && { address }), groups: {} };
    this.#decider.reach({ ...who, timeMs: this.#clock.nowMs(), failures: 0, matches: [] });
    return !known;
  }

  /** Ends a ban by hand. Returns false when there is none. */
  unban(id: string): boolean {
    this.#mustBeAttached();
    return this.#decider.unban(nameOf(id));
  }

  #count(failure: Failure): void {
    const { id, address, timeMs, line, groups } = failure;
    const tally = this.#counter.addCleanly(id, timeMs, cutLine(line, this.options.maxMatchChars));
    if (tally.reached) {
      const { failures, matches } = tally;
      this.#decider.reach({ id, ...(address && { address }), groups, timeMs: tally.timeMs, failures, matches });
    }
    this.#sweep(timeMs);
  }

  /** Frees what {@link #count} would let begin anew anyway; seldom enough to cost a few steps a failure. */
  #sweep(timeMs: number): void {
    const untilMs = Math.min(timeMs, this.#clock.nowMs());
    if (untilMs - this.#sweptAtMs < Math.max(sweepAtLeastMs, this.options.findTimeMs / 4)) return;
    this.#sweptAtMs = untilMs;
    this.#counter.cleanup(untilMs);
  }

  #rejectTime(failure: Failure): void {
    const { id, timeMs } = failure;
    this.#reporter.count(metric.rejected);
    this.#reporter.reject('ERR_BAN_POLICY_TIME', `a failure of ${id} has the time ${timeMs}`, timeMs, failure);
  }

  #onForgotten(id: string): void {
    const reason = `more than ${this.options.maxTracked} ids fail (maxTracked); the failures of ${id} are forgotten`;
    this.#reporter.count(metric.forgotten);
    this.#reporter.reject('ERR_BAN_POLICY_FORGOTTEN', reason, id);
  }

  #mustBeAttached(): void {
    if (this.#decide !== undefined) return;
    throw new BanPolicyError('ERR_BAN_POLICY_DETACHED', `nobody takes the decisions of policy "${this.options.jail}"`, {
      cure: 'run it with decideBans(policy), or attach() to it',
    });
  }
}

const nameOf = (id: string): string => parseAddress(id)?.text ?? id;
