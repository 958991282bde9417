import { BoundedMap } from '../bounded-map.ts';
import type { BanHistory, PastBan, PastFailures } from './ban-history.ts';
import type { KeptBan } from './kept-state.ts';

interface Remembered extends PastBan, PastFailures {}

export interface MemoryHistoryOptions {
  /** Most ids; one more forgets the one that was banned longest ago. */
  readonly maxIds: number;
  /** A ban that is older, as is three times its length, is forgotten, as fail2ban's purge does. Default one day. */
  readonly maxAgeMs?: number;
  readonly nowMs: () => number;
}

const nothing: PastFailures = { failures: 0, matches: [] };

/** What one jail remembers of past bans where there is no store: the latest ban of each id, until the process ends. */
export class MemoryHistory implements BanHistory {
  readonly #bans: BoundedMap<Remembered>;
  readonly #maxAgeMs: number;
  readonly #nowMs: () => number;

  constructor({ maxIds, maxAgeMs = 86_400_000, nowMs }: MemoryHistoryOptions) {
    this.#bans = new BoundedMap(maxIds);
    this.#maxAgeMs = maxAgeMs;
    this.#nowMs = nowMs;
  }

  lastBan(id: string): PastBan | undefined {
    const ban = this.#remembered(id);
    return ban && { timeMs: ban.timeMs, banTimeMs: ban.banTimeMs, count: ban.count };
  }

  lastBanOverall(id: string): PastBan | undefined {
    return this.lastBan(id);
  }

  failuresOf(id: string): PastFailures {
    const ban = this.#remembered(id);
    return ban === undefined ? nothing : { failures: ban.failures, matches: ban.matches };
  }

  record({ id, bannedAtMs, endMs, count, failures, matches }: KeptBan): void {
    this.#bans.set(id, { timeMs: bannedAtMs, banTimeMs: endMs - bannedAtMs, count, failures, matches });
  }

  forget(id: string): void {
    this.#bans.delete(id);
  }

  #remembered(id: string): Remembered | undefined {
    const ban = this.#bans.get(id);
    if (ban === undefined) return undefined;
    const oldestMs = this.#nowMs() - this.#maxAgeMs;
    // A ban for ever is never that old.
    if (ban.timeMs >= oldestMs || ban.timeMs + 3 * ban.banTimeMs >= oldestMs) return ban;
    this.#bans.delete(id);
    return undefined;
  }
}
