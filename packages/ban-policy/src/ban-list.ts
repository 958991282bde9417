import type { Address } from '@sluice/pipeline';
import { type Expiring, ExpiryQueue } from './expiry-queue.ts';

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

/** The bans that stand, by id and by end. Adding, extending and ending one is O(log n). */
export class BanList implements Iterable<StandingBan> {
  readonly #places = new Map<string, Expiring<StandingBan>>();
  readonly #queue = new ExpiryQueue<StandingBan>();

  get size(): number {
    return this.#places.size;
  }

  /** When the next ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#queue.first?.endMs ?? Number.POSITIVE_INFINITY;
  }

  get(id: string): StandingBan | undefined {
    const place = this.#places.get(id);
    return place && current(place);
  }

  /** Adds a ban, in place of one of the same id. */
  set(ban: StandingBan): void {
    this.delete(ban.id);
    this.#places.set(ban.id, this.#queue.add(ban, ban.endMs));
  }

  /** Lets a ban end at another time. */
  extend(id: string, endMs: number): void {
    const place = this.#places.get(id);
    if (place !== undefined) this.#queue.move(place, endMs);
  }

  delete(id: string): StandingBan | undefined {
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    this.#places.delete(id);
    this.#queue.delete(place);
    return current(place);
  }

  /** Takes out the ban that ended first, if one ended at or before `nowMs`. */
  takeExpired(nowMs: number): StandingBan | undefined {
    return this.nextEndMs <= nowMs ? this.takeSoonest() : undefined;
  }

  /** Takes out the ban that ends first; the oldest one when all are permanent. */
  takeSoonest(): StandingBan | undefined {
    const first = this.#queue.first;
    return first === undefined ? undefined : this.delete(first.item.id);
  }

  *[Symbol.iterator](): IterableIterator<StandingBan> {
    for (const place of this.#places.values()) yield current(place);
  }
}

const current = ({ item, endMs }: Expiring<StandingBan>): StandingBan =>
  item.endMs === endMs ? item : { ...item, endMs };
