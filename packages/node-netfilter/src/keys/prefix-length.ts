const bitAt = (bytes: Uint8Array, at: number, bit: number): number =>
  ((bytes[at + (bit >> 3)] as number) >> (7 - (bit & 7))) & 1;

/** Length of the prefix of the network that a range is all of; -1 when it is none. */
export function prefixLength(first: Uint8Array, last: Uint8Array, at: number, byteLength: number): number {
  const bits = byteLength * 8;
  let prefix = 0;
  while (prefix < bits && bitAt(first, at, prefix) === bitAt(last, at, prefix)) prefix++;
  for (let i = prefix; i < bits; i++) if (bitAt(first, at, i) !== 0 || bitAt(last, at, i) !== 1) return -1;
  return prefix;
}
