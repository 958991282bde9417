import { gramAt, keyOf, tableBytes, tableSlotOf, tableSlots } from './grams.ts';
import { kernels } from './kernels.ts';
import type { Needle, NeedleGroup } from './prefilter-plan.ts';

const wordAt = (text: Uint8Array, at: number): number =>
  (text[at] as number) |
  ((text[at + 1] as number) << 8) |
  ((text[at + 2] as number) << 16) |
  ((text[at + 3] as number) << 24);

/** The positions of a text that a group's kernel would list. */
export function candidatesIn(group: NeedleGroup, needles: readonly Needle[], text: Uint8Array): readonly number[] {
  return kernels[group.kernel].nibbles === undefined
    ? hashCandidates(group, needles, text)
    : nibbleCandidates(group, text);
}

function hashCandidates(group: NeedleGroup, needles: readonly Needle[], text: Uint8Array): readonly number[] {
  const table = new Uint8Array(tableBytes);
  for (const slot of tableSlots(group, needles)) table[slot] = 1;
  const { stride } = kernels[group.kernel];
  const found: number[] = [];
  for (let at = 0; at + 4 <= text.length; at += stride) {
    if (table[tableSlotOf(wordAt(text, at), group.gramBytes)] === 1) found.push(at);
  }
  return found;
}

function nibbleCandidates({ kernel, tables }: NeedleGroup, text: Uint8Array): readonly number[] {
  const { stride, nibbles } = kernels[kernel];
  const count = nibbles as number;
  const found: number[] = [];
  for (let at = 0; at + count <= text.length; at += stride) {
    let buckets = 0xff;
    for (let i = 0; i < count && buckets !== 0; i++) {
      buckets &= tables[16 * i + ((text[at + i] as number) & 15)] as number;
    }
    if (buckets !== 0) found.push(at);
  }
  return found;
}

/** How many needles are found at some candidates of a text. */
export function needlesAt(
  group: NeedleGroup,
  needles: readonly Needle[],
  text: Uint8Array,
  candidates: readonly number[],
): number {
  const { keyBytes } = group;
  const { stride } = kernels[group.kernel];
  const entries = new Map<number, { readonly needle: Needle; readonly offset: number }[]>();
  for (const [i, index] of group.needles.entries()) {
    const needle = needles[index] as Needle;
    for (let phase = 0; phase < stride; phase++) {
      const offset = (group.windows[i] as number) + phase;
      const key = keyOf(gramAt(needle, offset, keyBytes), keyBytes);
      const chain = entries.get(key);
      if (chain === undefined) entries.set(key, [{ needle, offset }]);
      else chain.push({ needle, offset });
    }
  }
  let count = 0;
  for (const at of candidates) {
    for (const { needle, offset } of entries.get(keyOf(wordAt(text, at), keyBytes)) ?? []) {
      if (standsAt(needle, text, at - offset)) count += 1;
    }
  }
  return count;
}

const standsAt = ({ bytes, masks }: Needle, text: Uint8Array, at: number): boolean =>
  bytes.every((byte, i) => ((text[at + i] ?? -1) | (masks[i] ?? 0)) === byte);
