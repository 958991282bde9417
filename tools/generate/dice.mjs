/**
 * sfc32: 32 random bits per call.
 *
 * @param {number} seed
 */
function sfc32(seed) {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162 ^ Math.imul(seed, 2654435761);
  let d = seed | 0;
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 20; i++) next();
  return next;
}

/** Draws from one stream of random bits. */
export class Dice {
  #next;

  /** @param {number} seed */
  constructor(seed) {
    this.#next = sfc32(seed);
  }

  /**
   * An integer below `n`.
   *
   * @param {number} n
   */
  below(n) {
    return this.#next() % n;
  }

  /**
   * True with probability `p`.
   *
   * @param {number} p
   */
  chance(p) {
    return this.#next() / 2 ** 32 < p;
  }

  /**
   * @template T
   * @param {readonly T[]} list not empty
   * @returns {T}
   */
  pick(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }

  /** @param {number} n */
  hex(n) {
    return this.below(n).toString(16);
  }
}
