import { bpSize } from '../render/bp-size.ts';

const units: ReadonlyMap<string, number> = new Map([
  ['K', 1024],
  ['M', 1024 * 1024],
]);

/** The size that can be read from a listing: `2.1K` for one of 2100 bytes is 2150.4. */
export function shownBytes(sizeBytes: number): number {
  if (sizeBytes < 1024) return sizeBytes;
  const text = bpSize(sizeBytes);
  return Number(text.slice(0, -1)) * (units.get(text.slice(-1)) ?? 1);
}
