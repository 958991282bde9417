import type { Clock, Failure } from '@sluice/pipeline';
import { BanDecider } from './ban-decider.ts';
import { BanList, type StandingBan } from './ban-list.ts';
import { BanPolicyError } from './ban-policy-error.ts';
import { BansByHand, suspectOf } from './bans-by-hand.ts';
import { EventClock } from './event-clock.ts';
import { FailureCounter } from './failure-counter.ts';
import { FailureIntake, type IntakeRules } from './failure-intake.ts';
import type { Eventually } from './ignore/eventually.ts';
import { Protection } from './ignore/protection.ts';
import { BanTimes } from './increment/ban-times.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import {
  type BanPolicyOptions,
  type BanRules,
  type Decide,
  type ResolvedOptions,
  resolveOptions,
  resolveRules,
  withRules,
} from './options.ts';
import type { PolicyStatus } from './policy-status.ts';
import { Reporter } from './reporter.ts';
import { Restorer } from './restorer.ts';
import type { BanHistory } from './state/ban-history.ts';
import { JailMemory } from './state/jail-memory.ts';
import type { KeptBan } from './state/kept-state.ts';
import { Outbox } from './state/outbox.ts';
import { restorable } from './state/restorable.ts';
import { WorkQueue } from './work-queue.ts';

/** Decisions on their way to the disk at which {@link BanPolicy.handle} asks to be waited for. */
const manyUndurable = 1024;

/**
 * One jail's rules and state, with no stream in it: failures go in by {@link handle}, decisions go to whoever is
 * {@link attach}ed. `decideBans` runs it in a stream; an application keeps hold of it to ask and to ban by hand.
 *
 * The order of checks for a failure: usable time, not counted before, not protected, then it is counted. An id whose last
 * failure is the find time or more before this one begins anew, which is what fail2ban's clean-up every 5 s comes to.
 *
 * With a `store` the policy goes on where the last one of its jail ended: with its counts from the beginning, with its bans,
 * as `restored`, when it is attached to. Its decisions are then given out when they are durable, in their order.
 */
export class BanPolicy {
  readonly #counter: FailureCounter;
  readonly #bans = new BanList<KeptBan>();
  readonly #memory: JailMemory;
  readonly #outbox: Outbox;
  readonly #decider: BanDecider;
  readonly #intake: FailureIntake;
  readonly #restorer: Restorer;
  readonly #byHand: BansByHand;
  readonly #reporter: Reporter;
  readonly #clock: Clock;
  readonly #work = new WorkQueue();
  #rules: IntakeRules;
  #decide: Decide | undefined;
  #isRestored = false;

  /** @throws BanPolicyError `ERR_BAN_POLICY_OPTION`, `ERR_BAN_POLICY_IGNORE` or `ERR_BAN_POLICY_FORMULA` */
  constructor(options: BanPolicyOptions = {}) {
    const resolved = resolveOptions(options);
    const { jail, maxTracked, scheduler, clock, store } = resolved;
    const reporter = new Reporter(resolved);
    const events = new EventClock();
    const bans = this.#bans;
    this.#reporter = reporter;
    this.#rules = this.#rulesOf(resolved);
    this.#clock = clock === 'event' ? events : { nowMs: () => scheduler.now() };
    const counter = new FailureCounter({
      ...resolved,
      onForgotten: (id) => this.#onForgotten(id),
      ...(store && { onChanged: (id) => this.#memory.tallyChanged(id) }),
    });
    const nowMs = (): number => this.#clock.nowMs();
    const memory = new JailMemory({ jail, store, maxIds: maxTracked, nowMs, bans, tallies: counter });
    // Whoever lets go while bans end in a row takes no more of them, as anyone who unsubscribes.
    const outbox = new Outbox({ store, reporter, emit: (event) => this.#decide?.(event) });
    const parts = { bans, memory, outbox, clock: this.#clock, reporter };
    this.#counter = counter;
    this.#memory = memory;
    memory.restoreCounts(counter);
    this.#outbox = outbox;
    this.#decider = new BanDecider(resolved, this.#rules.times, parts);
    this.#intake = new FailureIntake(this.#rules, { ...parts, counter, decider: this.#decider, events });
    const decider = this.#decider;
    const restorer = new Restorer({ ...parts, decider, intake: this.#intake, work: this.#work });
    this.#restorer = restorer;
    const mustBeAttached = (): void => this.#mustBeAttached();
    this.#byHand = new BansByHand({ ...parts, decider, restorer, resolver: resolved.resolver, mustBeAttached });
  }

  /** The options with their defaults, and the rules as they are now. */
  get options(): ResolvedOptions {
    return this.#rules.options;
  }

  /** When the next ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#bans.nextEndMs;
  }

  /** The bans that stand, oldest first: what `restore` takes after a restart. */
  get bans(): Iterable<KeptBan> {
    return this.#bans;
  }

  /** Entries of `ignore` that have no effect, each with its cure; `rejects` is told of them too. */
  get unresolved(): readonly BanPolicyError[] {
    return this.#rules.protection.unresolved;
  }

  get status(): PolicyStatus {
    return {
      currentlyFailed: this.#counter.failing(this.#clock.nowMs()),
      totalFailed: this.#counter.total,
      currentlyBanned: this.#bans.size,
      totalBanned: this.#decider.total,
    };
  }

  /** What is remembered of past bans: the store's, without one the process's. */
  get history(): BanHistory {
    return this.#memory;
  }

  /** Resolves when all that was taken until now is decided, durable and given out; undefined when it is. */
  get settled(): Promise<void> | undefined {
    const work = this.#work.settled;
    return work === undefined ? this.#outbox.settled : work.then(() => this.#outbox.settled);
  }

  /** Resolves when all that was decided until now is durable and given out, whatever still waits; undefined when it is. */
  get told(): Promise<void> | undefined {
    return this.#outbox.settled;
  }

  isBanned(id: string): boolean {
    return this.#byHand.isBanned(id);
  }

  /** Ids that are banned and lie within the network: addresses, and networks as large or smaller. None for no network. */
  bannedWithin(network: string): readonly string[] {
    return this.#byHand.bannedWithin(network);
  }

  /**
   * Makes `decide` the one who is told of decisions. The first one is told of the bans of the store that go on standing:
   * at once, or when those before them have been looked up in the ignore list.
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
    if (!this.#isRestored) {
      this.#isRestored = true;
      for (const ban of this.#memory.keptBans) this.#restoreKept(ban);
    }
    return () => {
      if (this.#decide === decide) this.#decide = undefined;
    };
  }

  /** Takes over bans that stand: each that is not over, not protected and not known is decided, as `restored`. */
  restore(bans: Iterable<StandingBan>): void {
    this.#mustBeAttached();
    for (const ban of bans)
      this.#restorer.restore(keptOf(ban), (standing) => {
        if (standing === undefined) return;
        this.#memory.banChanged(ban.id);
        this.#memory.banned(standing);
      });
  }

  /**
   * Takes one failure. Those that come while an earlier one waits are decided after it, in their order.
   *
   * @returns undefined, or where something has to be waited for (an `ignoreCommand`, a host name, a store with too much to
   *   write) a promise that resolves when it is decided; it never rejects
   */
  handle(failure: Failure): Promise<void> | undefined {
    this.#mustBeAttached();
    this.#reporter.count(metric.received);
    if (this.#work.size >= this.options.maxWaiting) {
      this.#rejectWaiting(failure);
      return undefined;
    }
    const pending = this.#work.run(() => this.#intake.take(failure));
    if (pending !== undefined) return pending;
    return this.#outbox.size >= manyUndurable ? this.#outbox.settled : undefined;
  }

  /** Ends the bans that are over. */
  expire(): void {
    this.#mustBeAttached();
    this.#decider.expire();
  }

  /**
   * Bans an address, network or id by hand, from now, whether it is protected or not.
   *
   * @returns false when it is banned already; the ban is then prolonged
   */
  ban(id: string): boolean {
    return this.#byHand.ban(id);
  }

  /** Ends a ban by hand, and forgets the bans that the id had before. Returns false when there is none. */
  unban(id: string): boolean {
    return this.#byHand.unban(id);
  }

  /** Ends the bans of all ids within a network by hand. Returns them; none where the text is no network. */
  unbanWithin(network: string): readonly string[] {
    return this.#byHand.unbanWithin(network);
  }

  /**
   * Ends the bans that a person means by a text: of that id; else of all within that network; else, with a resolver, of the
   * addresses that a host of that name has.
   *
   * @returns the ids that were let in: none says that there was no such ban
   */
  unbanMeant(target: string): Eventually<readonly string[]> {
    return this.#byHand.unbanMeant(target);
  }

  /** Ends all bans by hand, oldest first. Returns how many. */
  unbanAll(): number {
    return this.#byHand.unbanAll();
  }

  /**
   * Counts failures of an address or id by hand, now: as many as there are lines, at least one. Who is protected is spared.
   *
   * @returns undefined, or a promise where something has to be waited for, as of {@link handle}
   */
  attempt(id: string, lines: readonly string[] = []): Promise<void> | undefined {
    this.#mustBeAttached();
    return this.#work.run(() => this.#intake.attempt(suspectOf(id), lines));
  }

  /**
   * Goes on by other rules; one that is left out takes its default. Counts and bans stay: who has failed often enough by
   * now is banned with the next failure, and bans that stand end when they were to end.
   *
   * @throws BanPolicyError as the constructor; nothing is changed then
   */
  reconfigure(rules: BanRules): void {
    const all = this.#rulesOf(withRules(this.options, resolveRules(rules)));
    this.#rules = all;
    this.#counter.setRule(all.options);
    this.#decider.setRules(all.options, all.times);
    this.#intake.setRules(all);
  }

  /** Resolves when all that was taken until now is decided and given out, and all of the state is durable. */
  async flush(): Promise<void> {
    await this.settled;
    await this.options.store?.flush();
  }

  /** Leaves the store, with everything written. The policy is of no use any more. */
  async close(): Promise<void> {
    await this.settled;
    await this.#memory.close();
  }

  #restoreKept(kept: KeptBan): void {
    const ban = restorable(kept, this.options, this.#clock.nowMs());
    const settle = (standing: KeptBan | undefined): void => {
      // What is over, spared now, or ends at another time is to be kept so.
      if (standing !== kept) this.#memory.banChanged(kept.id);
    };
    if (ban === undefined) settle(undefined);
    else this.#restorer.restore(ban, settle);
  }

  #rulesOf(options: ResolvedOptions): IntakeRules {
    const { increment, random } = options;
    const times = increment && new BanTimes(increment, random);
    const protection = new Protection(options, this.#reporter);
    for (const { code, message, value } of protection.unresolved) this.#reporter.reject(code, message, value);
    return { options, protection, times };
  }

  #rejectWaiting(failure: Failure): void {
    const reason = `more than ${this.options.maxWaiting} failures wait (maxWaiting); one of ${failure.id} is not counted`;
    this.#reporter.count(metric.dropped);
    this.#reporter.reject('ERR_BAN_POLICY_WAITING', reason, failure.id, failure);
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

const keptOf = (ban: StandingBan): KeptBan => ({
  banTimeMs: ban.endMs - ban.bannedAtMs,
  matches: [],
  groups: {},
  ...ban,
});
