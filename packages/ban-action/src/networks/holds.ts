import { ExpiryQueue } from '@sluice/pipeline';
import { HeldNetwork } from './held-network.ts';
import type { Target } from './target.ts';

/**
 * Which networks are to be banned until when, and on whose behalf: two jails may ban one address, and two addresses lie
 * in one network. A network is banned until the last of its holds ends, and is remembered no longer.
 */
export class Holds implements Iterable<HeldNetwork> {
  readonly #networks = new Map<string, HeldNetwork>();
  readonly #ends = new ExpiryQueue<HeldNetwork>();

  get size(): number {
    return this.#networks.size;
  }

  /** When the next network's ban ends; `Infinity` when none will. */
  get nextEndMs(): number {
    return this.#ends.first?.endMs ?? Number.POSITIVE_INFINITY;
  }

  get(key: string): HeldNetwork | undefined {
    return this.#networks.get(key);
  }

  /**
   * Bans a network on behalf of a holder, or gives its hold another end.
   *
   * @param held what {@link get} gives for it
   */
  hold(
    target: Target,
    jail: string,
    id: string,
    endMs: number,
    held: HeldNetwork | undefined = this.get(target.key),
  ): HeldNetwork {
    if (held !== undefined && !held.isAdopted) {
      held.set(jail, id, endMs);
      this.#queue(held);
      return held;
    }
    if (held !== undefined) this.forget(held);
    return this.#add(new HeldNetwork(target, jail, id, endMs), endMs);
  }

  /** Takes on a network that stands already, until somebody speaks of it. */
  adopt(target: Target, jail: string, endMs: number): void {
    this.#add(new HeldNetwork(target, jail, '', endMs, true), endMs);
  }

  /** Takes a holder's hold away; the network is forgotten with its last one: then undefined. */
  release(held: HeldNetwork, jail: string, id: string): HeldNetwork | undefined {
    if (held.isAdopted || held.delete(jail, id)) {
      this.forget(held);
      return undefined;
    }
    this.#queue(held);
    return held;
  }

  forget(held: HeldNetwork): void {
    if (!this.#networks.delete(held.target.key) || held.place === undefined) return;
    this.#ends.delete(held.place);
    held.place = undefined;
  }

  /** Forgets the networks whose last hold is over, and gives them. */
  takeOver(nowMs: number): HeldNetwork[] {
    const over: HeldNetwork[] = [];
    for (let first = this.#ends.first; first !== undefined && first.endMs <= nowMs; first = this.#ends.first) {
      this.forget(first.item);
      over.push(first.item);
    }
    return over;
  }

  /** Takes one back that could not be ended, to be ended at `againMs`. */
  putBack(held: HeldNetwork, againMs: number): void {
    this.#add(held, againMs);
  }

  [Symbol.iterator](): IterableIterator<HeldNetwork> {
    return this.#networks.values();
  }

  #add(held: HeldNetwork, endMs: number): HeldNetwork {
    held.place = this.#ends.add(held, endMs);
    this.#networks.set(held.target.key, held);
    return held;
  }

  #queue(held: HeldNetwork): void {
    if (held.place !== undefined && held.place.endMs !== held.endMs) this.#ends.move(held.place, held.endMs);
  }
}
