import { gramAt, keyOf } from './grams.ts';
import { kernels } from './kernels.ts';
import type { NeedleGroup, PrefilterPlan } from './prefilter-plan.ts';

const keyFactor = 0x9e3779b1;
const minSlotBits = 8;
const maxSlotBits = 16;

/** A needle's key at one phase. */
export interface KeyEntry {
  readonly key: number;
  readonly slot: number;
  readonly needle: number;
  /** Where in the needle the key lies. */
  readonly offset: number;
}

/** The entries of a group by which needles are found from a candidate: those of one slot, a chain, in a row. */
export interface EntryLayout {
  readonly slotBits: number;
  readonly longestChain: number;
  readonly entries: readonly KeyEntry[];
}

export function layOutEntries(group: NeedleGroup, { needles }: PrefilterPlan): EntryLayout {
  const { stride } = kernels[group.kernel];
  const count = group.needles.length * stride;
  const slotBits = Math.min(maxSlotBits, Math.max(minSlotBits, 34 - Math.clz32(count)));
  const entries: KeyEntry[] = [];
  for (const [i, needle] of group.needles.entries()) {
    for (let phase = 0; phase < stride; phase++) {
      const offset = (group.windows[i] as number) + phase;
      const key = keyOf(
        gramAt(needles[needle] as PrefilterPlan['needles'][number], offset, group.keyBytes),
        group.keyBytes,
      );
      entries.push({ key, slot: Math.imul(key, keyFactor) >>> (32 - slotBits), needle, offset });
    }
  }
  entries.sort((a, b) => a.slot - b.slot);
  return { slotBits, longestChain: longestRun(entries), entries };
}

function longestRun(entries: readonly KeyEntry[]): number {
  let longest = 0;
  let length = 0;
  for (const [i, { slot }] of entries.entries()) {
    length = entries[i - 1]?.slot === slot ? length + 1 : 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
