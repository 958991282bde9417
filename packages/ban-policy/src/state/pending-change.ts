import type { BanList } from '../ban-list.ts';
import type { FailureCounter } from '../failure-counter.ts';
import type { JailChange, KeptBan, SeenMark } from './kept-state.ts';

/** What a {@link PendingChange} looks at when it is collected. */
export interface JailState {
  readonly bans: Pick<BanList<KeptBan>, 'get'>;
  readonly tallies: Pick<FailureCounter, 'kept'>;
  readonly marks: { get(sourceId: string): SeenMark | undefined };
}

/**
 * What has changed in a jail since its store asked last: names only, so that what changes often in between is written
 * once. Bounded by the state itself; decided bans by one flush.
 */
export class PendingChange {
  #bans = new Set<string>();
  #tallies = new Set<string>();
  #sources = new Set<string>();
  #forgotten = new Set<string>();
  #decided = new Map<string, KeptBan[]>();
  readonly #state: JailState;
  readonly #touch: () => void;

  /** @param touch called with each change */
  constructor(state: JailState, touch: () => void) {
    this.#state = state;
    this.#touch = touch;
  }

  ban(id: string): void {
    this.#bans.add(id);
    this.#touch();
  }

  tally(id: string): void {
    this.#tallies.add(id);
    this.#touch();
  }

  source(sourceId: string): void {
    this.#sources.add(sourceId);
    this.#touch();
  }

  decided(ban: KeptBan): void {
    const earlier = this.#decided.get(ban.id);
    if (earlier === undefined) this.#decided.set(ban.id, [ban]);
    else earlier.push(ban);
    this.#touch();
  }

  forget(id: string): void {
    this.#forgotten.add(id);
    this.#decided.delete(id);
    this.#touch();
  }

  /** The ban of the id decided last, if that was since the last {@link collect}. */
  lastDecided(id: string): KeptBan | undefined {
    return this.#decided.get(id)?.at(-1);
  }

  /** Whether the history of the id was forgotten since the last {@link collect}. */
  isForgotten(id: string): boolean {
    return this.#forgotten.has(id);
  }

  /** What has changed since the last call; undefined for nothing. */
  collect(): JailChange | undefined {
    const { bans, tallies, marks } = this.#state;
    const change = {
      bans: mapOf(this.#bans, (id) => bans.get(id)),
      tallies: mapOf(this.#tallies, (id) => tallies.kept(id)),
      seen: mapOf(this.#sources, (sourceId) => marks.get(sourceId)),
      forgotten: [...this.#forgotten],
      decided: [...this.#decided.values()].flat(),
    };
    if (Object.values(change).every((part) => ('size' in part ? part.size : part.length) === 0)) return undefined;
    this.#bans = new Set();
    this.#tallies = new Set();
    this.#sources = new Set();
    this.#forgotten = new Set();
    this.#decided = new Map();
    return change;
  }
}

const mapOf = <V>(keys: Iterable<string>, of: (key: string) => V): Map<string, V> => {
  const map = new Map<string, V>();
  for (const key of keys) map.set(key, of(key));
  return map;
};
