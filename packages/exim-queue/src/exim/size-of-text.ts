import { bpSize } from '../render/bp-size.ts';

const units = { '': 1, K: 1024, M: 1024 * 1024 } as const;

/** A body is short by less than this even when -D lacks its first line; anything lower is a size from 2 GiB on. */
const maxMissingBytes = 1000;

/**
 * Bytes of a size as `exim -bp` shows it: of rounded ones a size that is shown so again, 0 of a blank one, and of a
 * negative one what Exim lost by counting in 32 bits.
 *
 * @param text digits, with a decimal and a unit or not
 */
export function sizeOfText(text: string): number {
  const shown = text.trim();
  const unit = shown.endsWith('K') ? 'K' : shown.endsWith('M') ? 'M' : '';
  const sizeBytes = Math.round(Number.parseFloat(shown || '0') * units[unit]);
  if (sizeBytes < -maxMissingBytes) return sizeBytes + 2 ** 32;
  // Just below a bound the rounded text is that bound's, but in the smaller unit or with a decimal: `10.0K`, `1024K`.
  return bpSize(sizeBytes).trim() === shown ? sizeBytes : sizeBytes - 1;
}
