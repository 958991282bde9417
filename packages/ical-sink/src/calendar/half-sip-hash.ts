/** 64 bits, as two unsigned halves. */
export interface SipHash {
  low: number;
  high: number;
}

/**
 * HalfSipHash-2-4 with 64 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", and its reference
 * implementation's half-size form), of a text's UTF-16 units, two to a word. It is told apart from a random function only by
 * who has the key.
 *
 * @param into takes the result: nothing is allocated
 */
export function halfSipHash(key0: number, key1: number, text: string, into: SipHash): void {
  let v0 = key0;
  let v1 = key1 ^ 0xee;
  let v2 = key0 ^ 0x6c796765;
  let v3 = key1 ^ 0x74656462;
  const round = (): void => {
    v0 = (v0 + v1) | 0;
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
    v0 = (v0 << 16) | (v0 >>> 16);
    v2 = (v2 + v3) | 0;
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
    v2 = (v2 << 16) | (v2 >>> 16);
  };
  const absorb = (word: number): void => {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  };
  const { length } = text;
  for (let i = 0; i + 1 < length; i += 2) absorb(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  // The last word: what is left, and the length in bytes on top of it.
  absorb(((length * 2) << 24) | (length % 2 === 1 ? text.charCodeAt(length - 1) : 0));
  v2 ^= 0xee;
  for (let i = 0; i < 4; i += 1) round();
  into.low = (v1 ^ v3) >>> 0;
  v1 ^= 0xdd;
  for (let i = 0; i < 4; i += 1) round();
  into.high = (v1 ^ v3) >>> 0;
}
