import { kernels } from './kernels.ts';
import type { Needle, NeedleGroup } from './prefilter-plan.ts';

/** For each position of a window the low nibbles that it admits, as a set of 16 bits. */
export type NibbleWindow = readonly number[];

const anyNibble = 0xffff;

/** The windows of a nibble kernel, one for each phase of a needle, without repetition. */
export function nibbleWindows(
  { kernel, needles: indices, windows: offsets }: Omit<NeedleGroup, 'tables'>,
  needles: readonly Needle[],
): readonly NibbleWindow[] {
  const { stride, nibbles } = kernels[kernel];
  const windows = new Map<string, NibbleWindow>();
  for (const [i, index] of indices.entries()) {
    const { bytes } = needles[index] as Needle;
    for (let phase = 0; phase < stride; phase++) {
      const at = (offsets[i] as number) + phase;
      const window = Array.from({ length: nibbles as number }, (_, position) => {
        const byte = bytes[at + position];
        return byte === undefined ? anyNibble : 1 << (byte & 15);
      });
      windows.set(window.join(), window);
    }
  }
  return [...windows.values()];
}
