import { gramAt } from './grams.ts';
import { type KernelName, kernels } from './kernels.ts';
import type { NeedleCosts } from './needle-costs.ts';
import type { Needle } from './prefilter-plan.ts';

const collisionBits = 16;
const factor = 0x9e3779b1;
/** What it costs, in candidates per megabyte, that other needles have the same gram: no chain shall be long that need not. */
const collisionCost = 1;

/**
 * Chooses for each needle where in it a kernel looks for it: where the fewest positions of the log are candidates.
 *
 * @param indices of the needles
 * @param gramBytes of a hash kernel
 * @returns offsets; 0 where the needle is shorter than a window
 */
export function chooseWindows(
  kernel: KernelName,
  gramBytes: number,
  indices: readonly number[],
  needles: readonly Needle[],
  costs: NeedleCosts,
): readonly number[] {
  const { stride, nibbles } = kernels[kernel];
  /** How many needles have a gram already, by its hash. */
  const taken = nibbles === undefined ? new Uint16Array(1 << collisionBits) : undefined;
  return indices.map((index) => {
    const needle = needles[index] as Needle;
    const perPlace = nibbles === undefined ? costs.grams(index, gramBytes) : costs.nibbles(index, nibbles);
    const places = needle.bytes.length - ((nibbles ?? gramBytes) + stride - 1) + 1;
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = 0; at < places; at++) {
      let cost = 0;
      for (let phase = at; phase < at + stride && cost < bestCost; phase++) {
        cost += perPlace[phase] as number;
        if (taken !== undefined) cost += collisionCost * (taken[hashOf(needle, phase)] as number);
      }
      if (cost >= bestCost) continue;
      best = at;
      bestCost = cost;
    }
    for (let phase = best; taken !== undefined && phase < best + stride; phase++) {
      const hash = hashOf(needle, phase);
      taken[hash] = (taken[hash] as number) + 1;
    }
    return best;
  });
}

const hashOf = (needle: Needle, at: number): number =>
  Math.imul(gramAt(needle, at, 3), factor) >>> (32 - collisionBits);
