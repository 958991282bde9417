import { randomBytes } from 'node:crypto';
import { halfSipHash, type SipHash } from './half-sip-hash.ts';

const initialSlots = 4096;

/**
 * Which uids came before, in 16 bytes or less for each: their 64-bit hashes with a secret key of this process, so that nobody
 * can make two uids meet on purpose. By chance two of a million meet once in 37 million runs.
 *
 * Bounded by `max`: uids beyond it are not remembered, so a second one of them passes as new.
 */
export class UidSet {
  readonly #max: number;
  readonly #key: readonly [number, number];
  readonly #hash: SipHash = { low: 0, high: 0 };
  #slots: Uint32Array = new Uint32Array(initialSlots * 2);
  #size = 0;

  constructor(max: number) {
    this.#max = max;
    const key = randomBytes(8);
    this.#key = [key.readInt32LE(0), key.readInt32LE(4)];
  }

  /** Remembers a uid; false when it was there already. */
  add(uid: string): boolean {
    const hash = this.#hash;
    halfSipHash(this.#key[0], this.#key[1], uid, hash);
    // Two zeros mark a free slot.
    if (hash.low === 0 && hash.high === 0) hash.low = 1;
    const slot = this.#find(hash.low, hash.high);
    if (this.#slots[slot] === hash.low && this.#slots[slot + 1] === hash.high) return false;
    if (this.#size < this.#max) {
      this.#slots[slot] = hash.low;
      this.#slots[slot + 1] = hash.high;
      this.#size += 1;
      if (this.#size * 4 > this.#slots.length) this.#grow();
    }
    return true;
  }

  /** Place of the hash, or the free place for it. */
  #find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (low << 1) & mask;
    while (slots[slot] !== 0 || slots[slot + 1] !== 0) {
      if (slots[slot] === low && slots[slot + 1] === high) break;
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i] as number;
      const high = old[i + 1] as number;
      if (low === 0 && high === 0) continue;
      const slot = this.#find(low, high);
      this.#slots[slot] = low;
      this.#slots[slot + 1] = high;
    }
  }
}
