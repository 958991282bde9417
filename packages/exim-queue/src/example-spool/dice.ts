/** sfc32: 32 random bits per call. */
function sfc32(seed: number): () => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162 ^ Math.imul(seed, 2654435761);
  let d = seed | 0;
  const next = (): number => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let warmUp = 0; warmUp < 20; warmUp += 1) next();
  return next;
}

/** Draws from one stream of random bits; the same seed gives the same draws on every machine. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = sfc32(seed);
  }

  /** A number from 0 up to, but not, 1. */
  share(): number {
    return this.#next() / 2 ** 32;
  }

  /** An integer below `n`. */
  below(n: number): number {
    return Math.floor(this.share() * n);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.share() < probability;
  }

  /** An item of a list that is not empty; `skew` above 1 prefers the first. */
  pick<T>(list: readonly T[], skew = 1): T {
    return list[Math.floor(this.share() ** skew * list.length)] as T;
  }
}
