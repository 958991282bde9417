import type { GramStatistics } from './gram-statistics.ts';
import type { Needle } from './prefilter-plan.ts';

const bytesPerMb = 1e6;

/** For each needle how often per megabyte what a kernel may look for in it is to be expected; worked out once. */
export class NeedleCosts {
  readonly #needles: readonly Needle[];
  readonly #statistics: GramStatistics;
  readonly #grams = new Map<number, Float64Array>();
  readonly #nibbles = new Map<number, Float64Array>();

  constructor(needles: readonly Needle[], statistics: GramStatistics) {
    this.#needles = needles;
    this.#statistics = statistics;
  }

  /** Of so many bytes from each place on, at most 4, or as many as there are. */
  grams(index: number, gramBytes: number): Float64Array {
    const key = 8 * index + gramBytes;
    let costs = this.#grams.get(key);
    if (costs === undefined) {
      const bytes = Uint8Array.from((this.#needles[index] as Needle).bytes);
      costs = Float64Array.from(bytes, (_, at) => this.#gram(bytes, at, Math.min(gramBytes, bytes.length - at)));
      this.#grams.set(key, costs);
    }
    return costs;
  }

  #gram(bytes: Uint8Array, at: number, count: number): number {
    if (count === 4) return this.#statistics.fourPerMb(bytes, at);
    if (count === 3) return this.#statistics.threePerMb(bytes, at);
    return count === 2 ? this.#statistics.twoPerMb(bytes, at) : bytesPerMb;
  }

  /** Of as many low nibbles from each place on, or as many as there are. */
  nibbles(index: number, count: number): Float64Array {
    const key = 8 * index + count;
    let costs = this.#nibbles.get(key);
    if (costs === undefined) {
      const { bytes } = this.#needles[index] as Needle;
      const grams = this.grams(index, 4);
      costs = Float64Array.from(bytes, (_, at) => {
        let share = 1;
        const to = Math.min(at + count, bytes.length);
        for (let i = at; i < to; i++) share *= this.#statistics.nibbles[(bytes[i] as number) & 15] as number;
        return bytesPerMb * share + (grams[at] as number);
      });
      this.#nibbles.set(key, costs);
    }
    return costs;
  }
}
