import { HeldNetwork } from './held-network.ts';

const leastToClear = 1024;

/**
 * Which networks are to be banned until when, and on whose behalf: two jails may ban one address, and two addresses lie
 * in one network. A network is banned until the last of its holds ends.
 *
 * Networks whose holds are over are dropped when there are twice as many as after the last clearing, so that memory
 * follows what is banned even where nobody says that a ban is over.
 */
export class Holds implements Iterable<string> {
  readonly #networks = new Map<string, HeldNetwork>();
  #clearAtSize = leastToClear;

  get size(): number {
    return this.#networks.size;
  }

  has(network: string): boolean {
    return this.#networks.has(network);
  }

  /** When the network's ban ends; undefined when it is not banned. */
  endMs(network: string): number | undefined {
    return this.#networks.get(network)?.endMs;
  }

  /** Bans a network on behalf of a holder, or gives its hold another end. */
  hold(network: string, holder: string, endMs: number, nowMs: number): void {
    const held = this.#networks.get(network);
    if (held !== undefined) {
      held.set(holder, endMs);
      return;
    }
    if (this.#networks.size >= this.#clearAtSize) this.#clear(nowMs);
    this.#networks.set(network, new HeldNetwork(holder, endMs));
  }

  release(network: string, holder: string): void {
    if (this.#networks.get(network)?.delete(holder)) this.#networks.delete(network);
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#networks.keys();
  }

  #clear(nowMs: number): void {
    for (const [network, held] of this.#networks) if (held.endMs <= nowMs) this.#networks.delete(network);
    this.#clearAtSize = Math.max(leastToClear, 2 * this.#networks.size);
  }
}
