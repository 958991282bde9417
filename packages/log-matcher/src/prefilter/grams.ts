import { kernels } from './kernels.ts';
import type { Needle, NeedleGroup } from './prefilter-plan.ts';

/** Size of a hash kernel's table, and how its hash comes about: see `hash-vectors.ts` in `assembly/`. */
export const tableBytes: number = 1 << 17;
const tableShift = 15;
const factor = 0x9e3779b1;
/** Sets bit 5 of each byte: then both cases of a letter are one. */
const fold = 0x20202020;

/** The factor by which a hash kernel multiplies four bytes: those that are not of the gram fall out. */
export const gramFactor = (gramBytes: number): number => (factor << (32 - 8 * gramBytes)) >>> 0;

/** Place in a hash kernel's table of the gram that four bytes begin with, in any case. */
export const tableSlotOf = (bytes: number, gramBytes: number): number =>
  Math.imul(bytes | fold, gramFactor(gramBytes)) >>> tableShift;

/** Bytes of a needle as a number, the first one lowest. */
export function gramAt({ bytes }: Needle, at: number, count: number): number {
  let gram = 0;
  for (let i = 0; i < count; i++) gram |= (bytes[at + i] as number) << (8 * i);
  return gram;
}

/** The key by which entries are looked up: the same in any case. */
export const keyOf = (bytes: number, keyBytes: number): number => ((bytes | fold) & keyMask(keyBytes)) >>> 0;

export const keyMask = (keyBytes: number): number => 0xffffffff >>> (32 - 8 * keyBytes);

/** Places of all grams that a hash kernel looks for, some more than once. */
export function tableSlots(group: NeedleGroup, needles: readonly Needle[]): readonly number[] {
  const { stride } = kernels[group.kernel];
  const { gramBytes } = group;
  const slots: number[] = [];
  for (const [i, index] of group.needles.entries()) {
    const needle = needles[index] as Needle;
    const from = group.windows[i] as number;
    for (let at = from; at < from + stride; at++) {
      if (at + gramBytes <= needle.bytes.length) slots.push(tableSlotOf(gramAt(needle, at, gramBytes), gramBytes));
      else {
        const known = gramAt(needle, at, gramBytes - 1);
        for (const last of foldedBytes) slots.push(tableSlotOf(known | (last << (8 * (gramBytes - 1))), gramBytes));
      }
    }
  }
  return slots;
}

/** All that a byte may be in any case: what a needle one byte too short for the kernel is followed by. */
const foldedBytes: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte & 0x20);
