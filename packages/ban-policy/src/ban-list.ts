import { type Address, type Expiring, ExpiryQueue } from '@sluice/pipeline';

/** A ban that stands. Plain data: what has to be kept to restore it. */
export interface StandingBan {
  readonly id: string;
  readonly address?: Address;
  /** When it was decided. */
  readonly bannedAtMs: number;
  /** When it ends; `Infinity` never. */
  readonly endMs: number;
  /** Failures that led to it. */
  readonly failures: number;
  /** Which ban of this id it is, from 1. */
  readonly count: number;
}

/**
 * The bans that stand, by id and by end. Adding, changing and ending one is O(log n).
 *
 * @typeParam B what is kept of each
 */
export class BanList<B extends StandingBan = StandingBan> implements Iterable<B> {
  readonly #places = new Map<string, Expiring<B>>();
  readonly #queue = new ExpiryQueue<B>();

  get size(): number {
    return this.#places.size;
  }

  /** When the next ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#queue.first?.endMs ?? Number.POSITIVE_INFINITY;
  }

  get(id: string): B | undefined {
    return this.#places.get(id)?.item;
  }

  /** Adds a ban, in place of one of the same id. */
  set(ban: B): void {
    this.delete(ban.id);
    this.#places.set(ban.id, this.#queue.add(ban, ban.endMs));
  }

  /** Lets a ban that stands go on as this one, which has the same id: it keeps its place in the order. */
  change(ban: B): void {
    const place = this.#places.get(ban.id);
    if (place !== undefined) this.#queue.move(place, ban.endMs, ban);
  }

  /** Lets a ban end at another time. */
  extend(id: string, endMs: number): void {
    const ban = this.get(id);
    if (ban !== undefined) this.change({ ...ban, endMs });
  }

  delete(id: string): B | undefined {
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    this.#places.delete(id);
    this.#queue.delete(place);
    return place.item;
  }

  /** Takes out the ban that ended first, if one ended at or before `nowMs`. */
  takeExpired(nowMs: number): B | undefined {
    return this.nextEndMs <= nowMs ? this.takeSoonest() : undefined;
  }

  /** Takes out the ban that ends first; the oldest one when all are permanent. */
  takeSoonest(): B | undefined {
    const first = this.#queue.first;
    return first === undefined ? undefined : this.delete(first.item.id);
  }

  /** In the order they were added. */
  *[Symbol.iterator](): IterableIterator<B> {
    for (const place of this.#places.values()) yield place.item;
  }
}
