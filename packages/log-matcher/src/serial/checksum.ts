const seed = 0x811c9dc5;
const factor = 0x85ebca6b;

/**
 * A 32-bit checksum of bytes. Two inputs of one length that differ in up to four bytes in a row, at a multiple of four,
 * never have the same; it is no protection against somebody who wants them to.
 */
export function checksum(bytes: Uint8Array): number {
  let sum = seed ^ bytes.length;
  const whole = bytes.length & ~3;
  let at = 0;
  for (; at < whole; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    // Each step is a bijection of the sum, and of the word: a difference stays one.
    sum = Math.imul(sum ^ word, factor);
    sum ^= sum >>> 15;
  }
  for (; at < bytes.length; at++) {
    sum = Math.imul(sum ^ (bytes[at] as number), factor);
    sum ^= sum >>> 15;
  }
  return sum >>> 0;
}
