import { gramAt, keyOf } from './grams.ts';
import { kernels } from './kernels.ts';
import type { Needle, NeedleGroup, PrefilterPlan } from './prefilter-plan.ts';

const hashFactor = 0x9e3779b1;
const minSlotBits = 8;
const maxSlotBits = 16;
/** A longer chain is split by other bytes near the key. */
const longChain = 3;
const splitKeyBytes = 4;
/** How far from the key these may lie. */
const maxDistance = 32;

/** A needle's key at one phase. */
export interface KeyEntry {
  readonly key: number;
  readonly needle: number;
  /** Where in the needle the key lies. */
  readonly offset: number;
}

/** Tells apart entries whose key is the same. */
export interface Split {
  /** From the key to the four bytes that tell which table slot goes on. */
  readonly distance: number;
  readonly table: SlotTable;
}

/** Entries of which one after the other is compared, and what is done behind the last. */
export interface Chain {
  readonly entries: readonly KeyEntry[];
  readonly split: Split | undefined;
}

/** Chains by the highest bits of a hash. */
export interface SlotTable {
  readonly bits: number;
  readonly chains: ReadonlyMap<number, Chain>;
}

/** The number of a slot for a key. */
const slotOf = (key: number, bits: number): number => Math.imul(key, hashFactor) >>> (32 - bits);

function bySlot(
  entries: readonly KeyEntry[],
  bits: number,
  keyAt: (entry: KeyEntry) => number,
): ReadonlyMap<number, KeyEntry[]> {
  const lists = new Map<number, KeyEntry[]>();
  for (const entry of entries) {
    const slot = slotOf(keyAt(entry), bits);
    const list = lists.get(slot);
    if (list === undefined) lists.set(slot, [entry]);
    else list.push(entry);
  }
  return lists;
}

/** Arranges entries in chains so that a candidate is compared with few, however many needles have its key. */
class EntryArranger {
  readonly #needles: readonly Needle[];

  constructor(needles: readonly Needle[]) {
    this.#needles = needles;
  }

  chain(entries: readonly KeyEntry[]): Chain {
    if (entries.length <= longChain) return { entries, split: undefined };
    let best: readonly KeyEntry[] = [];
    let bestDistance = 0;
    let bestGain = 0;
    for (let distance = -maxDistance; distance <= maxDistance; distance++) {
      const members = entries.filter((entry) => this.#reaches(entry, distance));
      const kinds = new Set(members.map((entry) => this.#splitKey(entry, distance)));
      const gain = members.length - members.length / kinds.size;
      if (!(gain > bestGain)) continue;
      [best, bestDistance, bestGain] = [members, distance, gain];
    }
    if (bestGain === 0) return { entries, split: undefined };
    const members = new Set(best);
    return {
      entries: entries.filter((entry) => !members.has(entry)),
      split: { distance: bestDistance, table: this.#table(best, bestDistance) },
    };
  }

  #reaches({ needle, offset }: KeyEntry, distance: number): boolean {
    const at = offset + distance;
    return at >= 0 && at + splitKeyBytes <= (this.#needles[needle] as Needle).bytes.length;
  }

  #splitKey({ needle, offset }: KeyEntry, distance: number): number {
    return keyOf(gramAt(this.#needles[needle] as Needle, offset + distance, splitKeyBytes), splitKeyBytes);
  }

  #table(entries: readonly KeyEntry[], distance: number): SlotTable {
    const bits = Math.min(maxSlotBits, 33 - Math.clz32(entries.length));
    const lists = bySlot(entries, bits, (entry) => this.#splitKey(entry, distance));
    // One list again: their keys differ, but not their slots.
    const chains = [...lists].map(([slot, list]): [number, Chain] => [
      slot,
      list.length === entries.length ? { entries: list, split: undefined } : this.chain(list),
    ]);
    return { bits, chains: new Map(chains) };
  }
}

/** The entries of a group, by which needles are found from a candidate. */
export function layOutEntries(group: NeedleGroup, { needles }: PrefilterPlan): SlotTable {
  const { stride } = kernels[group.kernel];
  const { keyBytes } = group;
  const entries: KeyEntry[] = [];
  for (const [i, needle] of group.needles.entries()) {
    for (let phase = 0; phase < stride; phase++) {
      const offset = (group.windows[i] as number) + phase;
      entries.push({ key: keyOf(gramAt(needles[needle] as Needle, offset, keyBytes), keyBytes), needle, offset });
    }
  }
  const bits = Math.min(maxSlotBits, Math.max(minSlotBits, 34 - Math.clz32(entries.length)));
  const arranger = new EntryArranger(needles);
  const lists = [...bySlot(entries, bits, ({ key }) => key)];
  return { bits, chains: new Map(lists.map(([slot, list]) => [slot, arranger.chain(list)])) };
}

/** Most entries that one candidate is compared with. */
export const longestWay = ({ chains }: SlotTable): number =>
  Math.max(
    0,
    ...[...chains.values()].map(({ entries, split }) => entries.length + (split ? longestWay(split.table) : 0)),
  );
