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

  /** Of the three or four bytes from each place on; of three where no fourth follows. */
  grams(index: number, gramBytes: number): Float64Array {
    const key = 2 * index + (gramBytes & 1);
    let costs = this.#grams.get(key);
    if (costs === undefined) {
      const bytes = Uint8Array.from((this.#needles[index] as Needle).bytes);
      costs = new Float64Array(Math.max(0, bytes.length - 2));
      for (let at = 0; at < costs.length; at++) {
        costs[at] =
          at + gramBytes > bytes.length || gramBytes === 3
            ? this.#statistics.threePerMb(bytes, at)
            : this.#statistics.fourPerMb(bytes, at);
      }
      this.#grams.set(key, costs);
    }
    return costs;
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
        return bytesPerMb * share + (grams[at] ?? bytesPerMb);
      });
      this.#nibbles.set(key, costs);
    }
    return costs;
  }
}
