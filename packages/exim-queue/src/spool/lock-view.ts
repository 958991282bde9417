import { lockOwners } from '../locks/lock-owners.ts';

/** How old what is known of the locks may be. */
const maxAgeMs = 100;

/** Who has which message locked: process ids by the inode of -D, looked at again when it is out of date. */
export class LockView {
  #owners: ReadonlyMap<number, number> = new Map();
  #seenMs = Number.NEGATIVE_INFINITY;

  owners(): ReadonlyMap<number, number> {
    const nowMs = performance.now();
    if (nowMs - this.#seenMs > maxAgeMs) {
      this.#owners = lockOwners();
      this.#seenMs = nowMs;
    }
    return this.#owners;
  }
}
