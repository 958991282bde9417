import type { Failure } from '@sluice/pipeline';
import type { BanList } from '../ban-list.ts';
import type { FailureCounter } from '../failure-counter.ts';
import type { BanHistory, PastBan, PastFailures } from './ban-history.ts';
import type { BanStore, JailStore } from './ban-store.ts';
import type { KeptBan } from './kept-state.ts';
import { MemoryHistory } from './memory-history.ts';
import { PendingChange } from './pending-change.ts';
import { SeenMarks } from './seen-marks.ts';

/** Most sources of lines whose place is kept: files that were rotated away long ago give no failures any more. */
const maxSources = 4096;

export interface JailMemoryOptions {
  readonly jail: string;
  readonly store: BanStore | undefined;
  /** Most ids whose past bans are remembered where there is no store. */
  readonly maxIds: number;
  readonly nowMs: () => number;
  readonly bans: BanList<KeptBan>;
  readonly tallies: FailureCounter;
}

/**
 * What a policy tells its store, and what it knows from there; without a store, what it remembers by itself. As a history
 * it answers with what was decided until now, whether the store knows of it or not; what `failuresOf` gives, it knows.
 */
export class JailMemory implements BanHistory {
  readonly #store: JailStore | undefined;
  readonly #pending: PendingChange | undefined;
  readonly #marks: SeenMarks | undefined;
  readonly #own: MemoryHistory;

  constructor({ jail, store, bans, tallies, ...limits }: JailMemoryOptions) {
    this.#own = new MemoryHistory(limits);
    if (store === undefined) return;
    const opened = store.openJail(jail, () => this.#pending?.collect());
    const marks = new SeenMarks(maxSources, (sourceId) => this.#pending?.source(sourceId));
    this.#store = opened;
    this.#marks = marks;
    this.#pending = new PendingChange({ bans, tallies, marks }, () => opened.touch());
  }

  /** Goes on from the counts and places of the store. What is too much by now is forgotten there, too. */
  restoreCounts(tallies: FailureCounter): void {
    if (this.#store === undefined) return;
    const { kept } = this.#store;
    this.#marks?.restore(kept.seen);
    for (const [id, tally] of kept.tallies) tallies.restore(id, tally);
  }

  /** Bans that stood when the policy was made. */
  get keptBans(): readonly KeptBan[] {
    return this.#store?.kept.bans ?? [];
  }

  /** Whether the failure was counted before a restart. */
  wasCounted(failure: Failure): boolean {
    return this.#marks?.has(failure) ?? false;
  }

  /** Records that the failure is dealt with. */
  counted(failure: Failure): void {
    if (this.#marks?.add(failure)) this.#pending?.source(failure.sourceId);
  }

  /** Records that the tally of the id changed or went. */
  tallyChanged(id: string): void {
    this.#pending?.tally(id);
  }

  /** Records that a ban changed or went. */
  banChanged(id: string): void {
    this.#pending?.ban(id);
  }

  /** Adds a new ban to the history. */
  banned(ban: KeptBan): void {
    if (this.#pending === undefined) this.#own.record(ban);
    else this.#pending.decided(ban);
  }

  /** Takes the id out of the history. */
  forget(id: string): void {
    if (this.#pending === undefined) this.#own.forget(id);
    else this.#pending.forget(id);
  }

  lastBan(id: string): PastBan | undefined {
    if (this.#store === undefined || this.#pending === undefined) return this.#own.lastBan(id);
    const recent = this.#pending.lastDecided(id);
    if (recent !== undefined) return pastOf(recent);
    return this.#pending.isForgotten(id) ? undefined : this.#store.history.lastBan(id);
  }

  lastBanOverall(id: string): PastBan | undefined {
    if (this.#store === undefined) return this.#own.lastBanOverall(id);
    const { history } = this.#store;
    const everywhere = history.lastBanOverall(id);
    const here = this.lastBan(id);
    // What the store does not know yet of this jail takes the place of what it knows.
    const count = (everywhere?.count ?? 0) - (history.lastBan(id)?.count ?? 0) + (here?.count ?? 0);
    const last = here === undefined || (everywhere?.timeMs ?? 0) > here.timeMs ? everywhere : here;
    return last === undefined || count === 0 ? undefined : { ...last, count };
  }

  failuresOf(id: string, where: 'jail' | 'overall'): PastFailures {
    return this.#store?.history.failuresOf(id, where) ?? this.#own.failuresOf(id);
  }

  /** Leaves the store, with everything written. */
  async close(): Promise<void> {
    await this.#store?.close();
  }
}

const pastOf = ({ bannedAtMs, endMs, count }: KeptBan): PastBan => ({
  timeMs: bannedAtMs,
  banTimeMs: endMs - bannedAtMs,
  count,
});
