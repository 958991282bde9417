import type { Ban, BanEvent, Clock, Failure, Prolonged } from '@sluice/pipeline';
import type { BanList } from './ban-list.ts';
import { BanPolicyError } from './ban-policy-error.ts';
import type { BanTimes } from './increment/ban-times.ts';
import { banPolicyMetrics as metric } from './metrics.ts';
import type { ResolvedOptions } from './options.ts';
import type { Reporter } from './reporter.ts';
import type { JailMemory } from './state/jail-memory.ts';
import type { KeptBan } from './state/kept-state.ts';
import type { Outbox } from './state/outbox.ts';

/** Who failed enough, and what is known of it. */
export interface Reached extends Pick<Failure, 'id' | 'address' | 'groups'> {
  /** Time of the last failure. */
  readonly timeMs: number;
  readonly failures: number;
  readonly matches: readonly string[];
}

/** What a {@link BanDecider} works with. */
export interface DeciderParts {
  readonly bans: BanList<KeptBan>;
  readonly memory: JailMemory;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly reporter: Reporter;
}

type Subject = Pick<BanEvent, 'jail' | 'id' | 'address'>;

/** From "failed enough" to a decision: what begins, prolongs and ends the bans that stand. */
export class BanDecider {
  readonly #bans: BanList<KeptBan>;
  readonly #memory: JailMemory;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #reporter: Reporter;
  #options: ResolvedOptions;
  #times: BanTimes | undefined;
  #total = 0;

  /** @param times how much longer the bans of known offenders are; undefined as long as the first */
  constructor(options: ResolvedOptions, times: BanTimes | undefined, parts: DeciderParts) {
    this.#options = options;
    this.#times = times;
    this.#bans = parts.bans;
    this.#memory = parts.memory;
    this.#outbox = parts.outbox;
    this.#clock = parts.clock;
    this.#reporter = parts.reporter;
  }

  /** Bans decided since the beginning. */
  get total(): number {
    return this.#total;
  }

  /** Decides by other rules from now on; bans that stand stay as they are. */
  setRules(options: ResolvedOptions, times: BanTimes | undefined): void {
    this.#options = options;
    this.#times = times;
  }

  /** Bans; where a ban stands, says so and prolongs it; where the ban would be over, only says so. */
  reach(reached: Reached): void {
    const { id, timeMs } = reached;
    const { jail, banTimeMs } = this.#options;
    const who = { id, ...(reached.address && { address: reached.address }) };
    const endMs = timeMs + banTimeMs;
    if (endMs <= this.#clock.nowMs()) {
      this.#reporter.count(metric.expired);
      this.#options.notices?.next({ kind: 'expired', jail, ban: { ...who, timeMs, banTimeMs, endMs } });
      return;
    }
    const standing = this.#bans.get(id);
    if (standing !== undefined) this.#goOn(standing, timeMs, endMs);
    else this.#beginNew({ ...reached, ...who });
  }

  /** Bans again what stood before a restart. */
  restore(ban: KeptBan): void {
    this.#begin(ban);
    this.#outbox.pushDurable(banEvent(this.#options.jail, ban, ban.endMs - ban.bannedAtMs, ban.matches, true));
  }

  /** Ends the bans that are over. */
  expire(): void {
    const nowMs = this.#clock.nowMs();
    for (let ban = this.#bans.takeExpired(nowMs); ban !== undefined; ban = this.#bans.takeExpired(nowMs))
      this.#end(ban, this.#options.clock === 'event' ? ban.endMs : nowMs, 'expired');
  }

  /** Ends a ban before its time, and forgets that the id was ever banned. Returns false when there is none. */
  unban(id: string): boolean {
    const ban = this.#bans.delete(id);
    this.#memory.forget(id);
    if (ban !== undefined) this.#end(ban, this.#clock.nowMs(), 'manual');
    return ban !== undefined;
  }

  #beginNew(reached: Reached): void {
    const { timeMs, matches, groups, failures, id, address } = reached;
    const { jail, banTimeMs, maxKeptMatches } = this.#options;
    const last = this.#times?.overallJails ? this.#memory.lastBanOverall(id) : this.#memory.lastBan(id);
    const ban: KeptBan = {
      id,
      ...(address && { address }),
      bannedAtMs: timeMs,
      endMs: timeMs + banTimeMs,
      failures,
      count: (last?.count ?? 0) + 1,
      banTimeMs,
      matches: maxKeptMatches > 0 ? matches.slice(-maxKeptMatches) : [],
      groups,
    };
    const longer = last && this.#lengthened(ban, last.count);
    this.#begin(longer ?? ban);
    this.#memory.banChanged(id);
    this.#memory.banned(longer ?? ban);
    this.#outbox.push(banEvent(jail, ban, banTimeMs, matches, false));
    if (last === undefined || longer === undefined) return;
    const prolonged = prolongedEvent(jail, longer);
    this.#reporter.count(metric.prolonged);
    this.#options.notices?.next({ kind: 'prolonged', jail, ban: prolonged, last, banTimeMs });
    this.#outbox.push(prolonged);
  }

  /** The ban as long as that of a known offender; undefined where that is no other length. */
  #lengthened(ban: KeptBan, count: number): KeptBan | undefined {
    if (this.#times === undefined || ban.banTimeMs === Number.POSITIVE_INFINITY) return undefined;
    try {
      const lengthMs = this.#times.lengthMs(ban.banTimeMs, count);
      return lengthMs === ban.banTimeMs ? undefined : { ...ban, endMs: ban.bannedAtMs + lengthMs };
    } catch (error) {
      if (!(error instanceof BanPolicyError)) throw error;
      this.#reporter.reject(error.code, `${error.message}; the ban of ${ban.id} is as long as its first`, error);
      return undefined;
    }
  }

  #begin(ban: KeptBan): void {
    if (this.#bans.size >= this.#options.maxBans) this.#makeRoom();
    this.#bans.set(ban);
    this.#total += 1;
    this.#reporter.count(metric.banned);
  }

  #goOn(standing: KeptBan, timeMs: number, endMs: number): void {
    const extended = endMs > standing.endMs;
    if (extended) {
      this.#bans.change({ ...standing, endMs, extendedAtMs: timeMs });
      this.#memory.banChanged(standing.id);
    }
    this.#reporter.count(metric.alreadyBanned);
    this.#outbox.push({
      kind: 'already-banned',
      ...this.#subject(standing),
      timeMs,
      bannedAtMs: standing.bannedAtMs,
      endMs: extended ? endMs : standing.endMs,
      extended,
    });
  }

  #end(ban: KeptBan, timeMs: number, reason: 'expired' | 'manual'): void {
    this.#memory.banChanged(ban.id);
    this.#reporter.count(metric.unbanned);
    this.#outbox.push({ kind: 'unban', ...this.#subject(ban), timeMs, reason });
  }

  #makeRoom(): void {
    const ban = this.#bans.takeSoonest() as KeptBan;
    const reason = `more than ${this.#options.maxBans} bans stand (maxBans); the one of ${ban.id} ends early`;
    this.#reporter.count(metric.evicted);
    this.#reporter.reject('ERR_BAN_POLICY_FULL', reason, ban.id);
    this.#end(ban, this.#clock.nowMs(), 'expired');
  }

  #subject({ id, address }: KeptBan): Subject {
    return subjectOf(this.#options.jail, id, address);
  }
}

const subjectOf = (jail: string, id: string, address: KeptBan['address']): Subject => ({
  jail,
  id,
  ...(address && { address }),
});

const banEvent = (
  jail: string,
  ban: KeptBan,
  banTimeMs: number,
  matches: readonly string[],
  restored: boolean,
): Ban => ({
  kind: 'ban',
  ...subjectOf(jail, ban.id, ban.address),
  timeMs: ban.bannedAtMs,
  banTimeMs,
  endMs: ban.bannedAtMs + banTimeMs,
  failures: ban.failures,
  count: ban.count,
  restored,
  matches,
  groups: ban.groups,
});

const prolongedEvent = (jail: string, { id, address, bannedAtMs, endMs, count }: KeptBan): Prolonged => ({
  kind: 'prolonged',
  ...subjectOf(jail, id, address),
  timeMs: bannedAtMs,
  bannedAtMs,
  banTimeMs: endMs - bannedAtMs,
  endMs,
  count,
});
