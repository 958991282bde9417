import { bucketWindows, sharesOfSets } from './bucket-windows.ts';
import { chooseWindows } from './choose-windows.ts';
import type { GramStatistics } from './gram-statistics.ts';
import { candidateNs, type KernelName, kernels } from './kernels.ts';
import { NeedleCosts } from './needle-costs.ts';
import { nibbleWindows } from './nibble-windows.ts';
import type { Needle, NeedleGroup } from './prefilter-plan.ts';
import { candidatesIn } from './try-plan.ts';

const bytesPerMb = 1e6;
/** With more than this the eight buckets of a nibble kernel let nearly everything through. */
const maxNibbleNeedles = 64;

/** So many have buckets of their own. */
const fewNeedles = 8;
/** Needles that are one byte too short for a gram take many places in the table. */
const maxShort = 40;

/** Needles by the kernels that look for them, and what that costs. */
export interface KernelChoice {
  readonly groups: readonly NeedleGroup[];
  readonly candidatesPerMb: number;
  readonly nsPerMb: number;
}

/** Lengths below which needles may get a kernel of their own: where another one begins to fit. */
const splits: readonly number[] = [3, 4, 5, 6, 7, 10, 11];

/** Of the built-in model they are asked for again by each set. */
const sharesOf = new WeakMap<GramStatistics, Float64Array>();

/** Tries kernels on what is known of the log. */
export class KernelChooser {
  readonly #needles: readonly Needle[];
  readonly #statistics: GramStatistics;
  readonly #costs: NeedleCosts;
  readonly #probe: Uint8Array;
  readonly #tried = new Map<string, KernelChoice>();

  constructor(needles: readonly Needle[], statistics: GramStatistics) {
    this.#needles = needles;
    this.#statistics = statistics;
    this.#costs = new NeedleCosts(needles, statistics);
    this.#probe = statistics.probe();
  }

  /**
   * The cheapest way: one kernel for all needles, or one for the short ones and one for the others.
   *
   * @param forced look for all with this kernel
   */
  choose(forced?: KernelName): KernelChoice {
    const all = [...this.#needles.keys()];
    if (all.length === 0) return { groups: [], candidatesPerMb: 0, nsPerMb: 0 };
    if (forced !== undefined) return this.#try(forced, all);
    let best: KernelChoice | undefined;
    const consider = (names: readonly KernelName[], parts: readonly (readonly number[])[]): void => {
      const tried: KernelChoice[] = [];
      for (const [i, part] of parts.entries()) {
        const least = names.slice(i).reduce((sum, name) => sum + kernels[name].nsPerMb, join(tried).nsPerMb);
        if (best !== undefined && least >= best.nsPerMb) return;
        tried.push(this.#try(names[i] as KernelName, part));
      }
      const choice = join(tried);
      if (best === undefined || choice.nsPerMb < best.nsPerMb) best = choice;
    };
    for (const name of this.#fitting(all)) consider([name], [all]);
    for (const split of splits) {
      const short = all.filter((index) => this.#lengthOf(index) < split);
      const long = all.filter((index) => this.#lengthOf(index) >= split);
      if (short.length === 0 || long.length === 0) continue;
      const hash = this.#fitting(long).find((name) => kernels[name].nibbles === undefined);
      for (const name of this.#fitting(short)) if (hash !== undefined) consider([hash, name], [long, short]);
    }
    return best as KernelChoice;
  }

  /**
   * One kernel for all needles, without many being tried: one that hashes, for few needles maybe one that compares nibbles.
   */
  chooseSoon(): KernelChoice {
    const all = [...this.#needles.keys()];
    if (all.length === 0) return join([]);
    const fitting = this.#fitting(all);
    const hash = fitting.find((name) => kernels[name].nibbles === undefined) as KernelName;
    const nibble = all.length > fewNeedles ? undefined : fitting.find((name) => kernels[name].nibbles === 4);
    return cheapest([hash, ...(nibble === undefined ? [] : [nibble])].map((name) => this.#try(name, all)));
  }

  #lengthOf(index: number): number {
    return (this.#needles[index] as Needle).bytes.length;
  }

  #shortest(indices: readonly number[]): number {
    return indices.reduce((least, index) => Math.min(least, this.#lengthOf(index)), Number.POSITIVE_INFINITY);
  }

  /** The kernels that can look for some needles, fastest first. */
  #fitting(indices: readonly number[]): readonly KernelName[] {
    const shortest = this.#shortest(indices);
    const names = (Object.keys(kernels) as KernelName[]).filter((name) => {
      const { nibbles, minBytes } = kernels[name];
      return shortest >= minBytes && (nibbles === undefined || indices.length <= maxNibbleNeedles);
    });
    return names.sort((a, b) => kernels[a].nsPerMb - kernels[b].nsPerMb);
  }

  #try(kernel: KernelName, indices: readonly number[]): KernelChoice {
    const key = `${kernel} ${this.#shortest(indices)} ${indices.length}`;
    let choice = this.#tried.get(key);
    if (choice === undefined) {
      choice = cheapest(this.#groups(kernel, indices).map((group) => this.#price(group)));
      this.#tried.set(key, choice);
    }
    return choice;
  }

  #price(group: NeedleGroup): KernelChoice {
    const found = candidatesIn(group, this.#needles, this.#probe).length;
    const candidatesPerMb = (found * bytesPerMb) / this.#probe.length;
    const nsPerMb = kernels[group.kernel].nsPerMb + candidateNs * candidatesPerMb;
    return { groups: [group], candidatesPerMb, nsPerMb };
  }

  /** The ways in which one kernel can look for some needles. */
  #groups(kernel: KernelName, indices: readonly number[]): readonly NeedleGroup[] {
    const { stride, nibbles } = kernels[kernel];
    /** Bytes that stand at a candidate at the last phase, whichever the needle. */
    const known = this.#shortest(indices) - stride + 1;
    const keyBytes = Math.min(4, known);
    if (nibbles === undefined) {
      return this.#gramSizes(indices, stride, keyBytes).map((gramBytes) => {
        const windows = chooseWindows(kernel, gramBytes, indices, this.#needles, this.#costs);
        return { kernel, gramBytes, keyBytes, needles: indices, windows, tables: [] };
      });
    }
    const windows = chooseWindows(kernel, 4, indices, this.#needles, this.#costs);
    const group = { kernel, gramBytes: 4, keyBytes, needles: indices, windows };
    return [{ ...group, tables: bucketWindows(nibbleWindows(group, this.#needles), this.#nibbleShares()) }];
  }

  #nibbleShares(): Float64Array {
    const shares = sharesOf.get(this.#statistics) ?? sharesOfSets(this.#statistics.nibbles);
    sharesOf.set(this.#statistics, shares);
    return shares;
  }

  /** Sizes of grams that are of use: the largest that all needles have, and one more if few of them lack it. */
  #gramSizes(indices: readonly number[], stride: number, known: number): readonly number[] {
    const short = indices.filter((index) => this.#lengthOf(index) < stride + known);
    return known === 4 || short.length > maxShort ? [known] : [known, known + 1];
  }
}

const cheapest = (choices: readonly KernelChoice[]): KernelChoice =>
  choices.reduce((best, choice) => (choice.nsPerMb < best.nsPerMb ? choice : best));

const join = (parts: readonly KernelChoice[]): KernelChoice => ({
  groups: parts.flatMap(({ groups }) => groups),
  candidatesPerMb: parts.reduce((sum, part) => sum + part.candidatesPerMb, 0),
  nsPerMb: parts.reduce((sum, part) => sum + part.nsPerMb, 0),
});
