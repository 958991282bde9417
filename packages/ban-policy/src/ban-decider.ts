import type { Ban, BanEvent, Clock, Failure } from '@sluice/pipeline';
import { BanHistory } from './ban-history.ts';
import { BanList, type StandingBan } from './ban-list.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import type { Decide, ResolvedOptions } from './options.ts';
import type { Reporter } from './reporter.ts';

type Details = Partial<Pick<Ban, 'restored' | 'matches' | 'groups'>>;

/** Who failed enough, and what is known of it. */
export interface Reached extends Pick<Failure, 'id' | 'address' | 'groups'> {
  /** Time of the last failure. */
  readonly timeMs: number;
  readonly failures: number;
  readonly matches: readonly string[];
}

/** From "failed enough" to a decision: the bans that stand, what begins, goes on and ends them. */
export class BanDecider {
  readonly bans: BanList = new BanList();
  readonly #options: ResolvedOptions;
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  readonly #emit: Decide;
  readonly #history: BanHistory;
  #total = 0;

  constructor(options: ResolvedOptions, clock: Clock, reporter: Reporter, emit: Decide) {
    this.#options = options;
    this.#clock = clock;
    this.#reporter = reporter;
    this.#emit = emit;
    this.#history = new BanHistory(options.maxTracked);
  }

  /** Bans decided since the beginning. */
  get total(): number {
    return this.#total;
  }

  /** Bans; where a ban stands, says so and prolongs it; where the ban would be over, only says so. */
  reach(reached: Reached): void {
    const { id, timeMs, failures, matches, groups } = reached;
    const { jail, banTimeMs } = this.#options;
    const who = { id, ...(reached.address && { address: reached.address }) };
    const endMs = timeMs + banTimeMs;
    if (endMs <= this.#clock.nowMs()) {
      this.#reporter.count(metric.expired);
      this.#options.notices?.next({ kind: 'expired', jail, ban: { ...who, timeMs, banTimeMs, endMs } });
      return;
    }
    const standing = this.bans.get(id);
    if (standing !== undefined) this.#goOn(standing, timeMs, endMs);
    else {
      const ban = { ...who, bannedAtMs: timeMs, endMs, failures, count: this.#history.next(id) };
      this.#begin(ban, { matches, groups });
    }
  }

  /** Bans again what stood before a restart. */
  restore(ban: StandingBan): void {
    this.#history.set(ban.id, ban.count);
    this.#begin(ban, { restored: true });
  }

  /** Ends the bans that are over. */
  expire(): void {
    const nowMs = this.#clock.nowMs();
    for (let ban = this.bans.takeExpired(nowMs); ban !== undefined; ban = this.bans.takeExpired(nowMs))
      this.#end(ban, this.#options.clock === 'event' ? ban.endMs : nowMs, 'expired');
  }

  /** Ends a ban before its time. Returns false when there is none. */
  unban(id: string): boolean {
    const ban = this.bans.delete(id);
    if (ban !== undefined) this.#end(ban, this.#clock.nowMs(), 'manual');
    return ban !== undefined;
  }

  #begin(ban: StandingBan, details: Details): void {
    if (this.bans.size >= this.#options.maxBans) this.#makeRoom();
    this.bans.set(ban);
    this.#total += 1;
    this.#reporter.count(metric.banned);
    const { bannedAtMs: timeMs, ...rest } = ban;
    this.#emit({
      kind: 'ban',
      jail: this.#options.jail,
      ...rest,
      timeMs,
      banTimeMs: ban.endMs - timeMs,
      restored: false,
      matches: [],
      groups: {},
      ...details,
    });
  }

  #goOn(standing: StandingBan, timeMs: number, endMs: number): void {
    const extended = endMs > standing.endMs;
    if (extended) this.bans.extend(standing.id, endMs);
    this.#reporter.count(metric.alreadyBanned);
    this.#emit({
      kind: 'already-banned',
      ...this.#subject(standing),
      timeMs,
      bannedAtMs: standing.bannedAtMs,
      endMs: extended ? endMs : standing.endMs,
      extended,
    });
  }

  #end(ban: StandingBan, timeMs: number, reason: 'expired' | 'manual'): void {
    this.#reporter.count(metric.unbanned);
    this.#emit({ kind: 'unban', ...this.#subject(ban), timeMs, reason });
  }

  #makeRoom(): void {
    const ban = this.bans.takeSoonest() as StandingBan;
    const reason = `more than ${this.#options.maxBans} bans stand (maxBans); the one of ${ban.id} ends early`;
    this.#reporter.count(metric.evicted);
    this.#reporter.reject('ERR_BAN_POLICY_FULL', reason, ban.id);
    this.#end(ban, this.#clock.nowMs(), 'expired');
  }

  #subject({ id, address }: StandingBan): Pick<BanEvent, 'jail' | 'id' | 'address'> {
    return { jail: this.#options.jail, id, ...(address && { address }) };
  }
}
