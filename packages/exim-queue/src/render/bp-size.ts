const kib = 1024;
const mib = kib * kib;

/**
 * A size in the five columns of `exim -bp`: blank for 0 (there is no -D), bytes below 1 KiB, then with K and M, with one
 * decimal below ten. Ties of that decimal go to the even digit, as C's printf has it: 1280 bytes are `1.2K`. Exim counts
 * in 32 bits, so from 2 GiB on it shows a negative number, and this does, too.
 */
export function bpSize(bytes: number): string {
  const sizeBytes = bytes | 0;
  if (sizeBytes === 0) return '     ';
  if (sizeBytes < kib) return `${sizeBytes}`.padStart(5);
  if (sizeBytes < 10 * kib) return `${oneDecimal(sizeBytes, kib).padStart(4)}K`;
  if (sizeBytes < mib) return `${`${Math.floor((sizeBytes + kib / 2) / kib)}`.padStart(4)}K`;
  if (sizeBytes < 10 * mib) return `${oneDecimal(sizeBytes, mib).padStart(4)}M`;
  return `${`${Math.floor((sizeBytes + mib / 2) / mib)}`.padStart(4)}M`;
}

function oneDecimal(sizeBytes: number, unit: number): string {
  const down = Math.floor((sizeBytes * 10) / unit);
  const rest = (sizeBytes * 10) % unit;
  const isUp = rest * 2 > unit || (rest * 2 === unit && down % 2 === 1);
  const tenths = isUp ? down + 1 : down;
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}
