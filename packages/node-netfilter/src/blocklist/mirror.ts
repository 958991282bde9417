import { ExpiryQueue } from '@sluice/pipeline';
import { NodeNetfilterError } from '../node-netfilter-error.ts';
import { type Change, type Entry, MirrorSet } from './mirror-set.ts';
import { nftSet } from './nft-set.ts';
import type { SetPlace } from './set-place.ts';
import type { Settings } from './settings.ts';

/** Most lists in the layout `per-list`: each costs every packet of a blocked network a look. */
const maxLists = 256;

/** What does not fit, by its change. */
export type FailedChanges = ReadonlyMap<Change, NodeNetfilterError>;

/**
 * What is to be blocked: the sets with their elements, in the words of the kernel.
 *
 * What is wanted is written down at once (`want`) and gathered as changes; `settle` then tells which of them the kernel
 * has taken. One that it refused is as it was before.
 */
export class Mirror {
  readonly #settings: Settings;
  readonly #sets = new Map<string, MirrorSet[]>();
  readonly #ends = new ExpiryQueue<Entry>();
  #changed: MirrorSet[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** When the next element ends; `Infinity` when none does. */
  get nextEndMs(): number {
    return this.#ends.first?.endMs ?? Number.POSITIVE_INFINITY;
  }

  /** Sets with changes. */
  get changed(): readonly MirrorSet[] {
    return this.#changed;
  }

  *sets(): IterableIterator<MirrorSet> {
    for (const sets of this.#sets.values()) for (const set of sets) if (set !== undefined) yield set;
  }

  /** Makes the sets that most blocks go to, so that they are there when the first one comes. */
  setDefaults(): void {
    const { layout, ipv4Prefix, ipv6Prefix } = this.#settings;
    if (layout === 'per-list') return;
    this.set({ family: 4, prefix: ipv4Prefix, hasPorts: false });
    this.set({ family: 6, prefix: ipv6Prefix, hasPorts: false });
  }

  /** The set for networks of this kind, if there is one. */
  find(owner: string, family: 4 | 6, prefix: number, hasPorts: boolean): MirrorSet | undefined {
    return this.#sets.get(owner)?.[slot(family, prefix, hasPorts)];
  }

  /**
   * The set for networks of this kind, which is there then.
   *
   * @throws NodeNetfilterError when there are too many lists
   */
  set(place: SetPlace): MirrorSet {
    const owner = ownerKey(place.owner);
    const at = slot(place.family, place.prefix, place.hasPorts);
    const sets = this.#sets.get(owner) ?? [];
    const known = sets[at];
    if (known !== undefined) return known;
    // One of them is that of the sets of all lists.
    if (sets.length === 0 && this.#sets.size > maxLists) {
      throw new NodeNetfilterError('FULL', `a table has at most ${maxLists} lists, and this would be one more`, {
        limit: maxLists,
        value: owner.slice(1),
        cure: "use the layout 'shared'",
      });
    }
    const set = new MirrorSet(place, nftSet(place, this.#settings));
    sets[at] = set;
    this.#sets.set(owner, sets);
    return set;
  }

  /** All sets for networks of this kind, of whatever list. */
  *setsFor(family: 4 | 6, prefix: number, hasPorts: boolean): IterableIterator<MirrorSet> {
    const at = slot(family, prefix, hasPorts);
    for (const sets of this.#sets.values()) {
      const set = sets[at];
      if (set !== undefined) yield set;
    }
  }

  /** The end of the last block of this network by any list; 0 when none blocks it. */
  longestEndMs({ place: { family, prefix, hasPorts } }: MirrorSet, key: string): number {
    let longest = 0;
    for (const { place, entries } of this.setsFor(family, prefix, hasPorts)) {
      if (place.owner !== 'any') longest = Math.max(longest, entries.get(key)?.endMs ?? 0);
    }
    return longest;
  }

  /** Writes down how an element is to be. The last word counts. */
  want(set: MirrorSet, key: string, endMs: number, list: string): void {
    let entry = set.entries.get(key);
    if (entry === undefined) {
      entry = { set, key, endMs: 0, list: '', place: undefined, change: undefined };
      set.entries.set(key, entry);
    }
    if (entry.change === undefined) {
      entry.change = { entry, heldEndMs: entry.endMs, heldList: entry.list };
      if (set.changes.push(entry.change) === 1) this.#changed.push(set);
    }
    entry.endMs = endMs;
    entry.list = list;
  }

  /** Writes down what the kernel has already. */
  hold(set: MirrorSet, key: string, endMs: number, list: string): void {
    const entry: Entry = { set, key, endMs, list, place: undefined, change: undefined };
    set.entries.set(key, entry);
    this.#place(entry);
  }

  /** Forgets an element. */
  drop(entry: Entry): void {
    entry.endMs = 0;
    this.#place(entry);
  }

  /** Takes all changes out, so that they are made in parts: see {@link putChanges}. */
  takeChanges(): readonly Change[] {
    const changes = this.#changed.flatMap((set) => set.changes);
    for (const set of this.#changed) set.changes = [];
    this.#changed = [];
    return changes;
  }

  /** Puts changes back that were taken out. */
  putChanges(changes: readonly Change[]): void {
    for (const change of changes) {
      const { set } = change.entry;
      if (set.changes.push(change) === 1) this.#changed.push(set);
    }
  }

  /** Takes the changes as made, save those that failed. */
  settle(failed: FailedChanges | undefined): void {
    const changed = this.#changed;
    this.#changed = [];
    for (const set of changed) {
      const { changes } = set;
      set.changes = [];
      for (const change of changes) {
        const { entry } = change;
        if (failed?.has(change)) {
          entry.endMs = change.heldEndMs;
          entry.list = change.heldList;
        }
        entry.change = undefined;
        this.#place(entry);
      }
    }
  }

  /** Removes the elements whose time is over and gives them. */
  *expire(nowMs: number): IterableIterator<Entry> {
    for (let first = this.#ends.first; first !== undefined && first.endMs <= nowMs; first = this.#ends.first) {
      const { item } = first;
      this.#ends.delete(first);
      item.place = undefined;
      // One that is being changed is judged anew when that is done.
      if (item.change !== undefined) continue;
      item.set.entries.delete(item.key);
      yield item;
    }
  }

  #place(entry: Entry): void {
    const { endMs, place } = entry;
    if (endMs === 0) entry.set.entries.delete(entry.key);
    if (endMs > 0 && endMs < Number.POSITIVE_INFINITY) {
      if (place === undefined) entry.place = this.#ends.add(entry, endMs);
      else if (place.endMs !== endMs) this.#ends.move(place, endMs);
    } else if (place !== undefined) {
      this.#ends.delete(place);
      entry.place = undefined;
    }
  }
}

const anyKey = 'any';

/** Owners as keys: no list's name can be taken for another owner. */
const ownerKey = (owner: SetPlace['owner']): string =>
  owner === undefined ? '' : owner === 'any' ? anyKey : `=${owner.list}`;

const slot = (family: 4 | 6, prefix: number, hasPorts: boolean): number =>
  (family === 4 ? prefix : 32 + prefix) * 2 + (hasPorts ? 1 : 0);
