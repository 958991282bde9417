const hashBits = 17;
const factor = 0x9e3779b1;
/** Of less text the slices would tell nothing. */
const leastProbeBytes = 16_384;
const probeSlices = 4;
const maxSliceBytes = 8192;
/** Share of a text that slices of it are together, if they are no larger. */
const probeShare = 0.25;
const bytesPerMb = 1e6;

/** Upper case letters as lower case. */
const foldedByte = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));

const slotOf = (gram: number): number => Math.imul(gram, factor) >>> (32 - hashBits);

/**
 * How often bytes follow each other in logs, by some of them.
 *
 * Upper case counts as lower case. Counts are kept by a hash, so they may be too high, and never too low.
 */
export class GramStatistics {
  readonly texts: readonly Uint8Array[];
  readonly totalBytes: number;
  /** Share of the bytes whose low nibble is the index. */
  readonly nibbles: Float64Array = new Float64Array(16);
  readonly #twos = new Uint32Array(1 << 16);
  readonly #threes = new Uint32Array(1 << hashBits);
  readonly #fours = new Uint32Array(1 << hashBits);
  readonly #perMb: number;
  #probe: Uint8Array | undefined;

  constructor(texts: readonly Uint8Array[]) {
    this.texts = texts;
    this.totalBytes = texts.reduce((sum, { length }) => sum + length, 0);
    for (const text of texts) this.#count(text);
    for (let nibble = 0; nibble < 16; nibble++)
      this.nibbles[nibble] = (this.nibbles[nibble] as number) / this.totalBytes;
    this.#perMb = bytesPerMb / Math.max(1, this.totalBytes);
  }

  /** Some of the text: a few slices of the first, and of the others where that is short. */
  probe(): Uint8Array {
    this.#probe ??= this.#slices();
    return this.#probe;
  }

  #slices(): Uint8Array {
    const text = this.texts.find(({ length }) => length >= leastProbeBytes) ?? (this.texts.at(-1) as Uint8Array);
    if (text.length < leastProbeBytes) return text;
    const sliceBytes = Math.min(maxSliceBytes, Math.floor((text.length * probeShare) / probeSlices));
    const probe = new Uint8Array(probeSlices * sliceBytes);
    const step = Math.floor((text.length - sliceBytes) / (probeSlices - 1));
    for (let i = 0; i < probeSlices; i++) probe.set(text.subarray(i * step, i * step + sliceBytes), i * sliceBytes);
    return probe;
  }

  #count(text: Uint8Array): void {
    const twos = this.#twos;
    const threes = this.#threes;
    const fours = this.#fours;
    const byByte = new Uint32Array(256);
    let gram = 0;
    for (let i = 0; i < text.length; i++) {
      const byte = text[i] as number;
      byByte[byte] = (byByte[byte] as number) + 1;
      gram = (gram >>> 8) | ((foldedByte[byte] as number) << 24);
      const two = gram >>> 16;
      twos[two] = (twos[two] as number) + 1;
      const three = slotOf(gram >>> 8);
      threes[three] = (threes[three] as number) + 1;
      const four = slotOf(gram);
      fours[four] = (fours[four] as number) + 1;
    }
    for (let byte = 0; byte < 256; byte++) {
      const nibble = byte & 15;
      this.nibbles[nibble] = (this.nibbles[nibble] as number) + (byByte[byte] as number);
    }
  }

  /**
   * Occurrences per megabyte to expect of two bytes.
   *
   * @param bytes a literal's, letters of either case in lower case
   */
  twoPerMb(bytes: Uint8Array, at: number): number {
    return ((this.#twos[folded(bytes, at, 2)] as number) + 1) * this.#perMb;
  }

  /** Of three bytes. */
  threePerMb(bytes: Uint8Array, at: number): number {
    return ((this.#threes[slotOf(folded(bytes, at, 3))] as number) + unseen) * this.#perMb;
  }

  /** Of four bytes. What was not seen is rarer when its parts are. */
  fourPerMb(bytes: Uint8Array, at: number): number {
    const count = this.#fours[slotOf(folded(bytes, at, 4))] as number;
    const parts = Math.min(this.threePerMb(bytes, at), this.threePerMb(bytes, at + 1));
    return count * this.#perMb + parts * likelyPart;
  }
}

/** Added to each count of three bytes. */
const unseen = 0.2;
/** Share of the occurrences of three bytes that a fourth byte, not seen there before, is taken to follow. */
const likelyPart = 0.01;

function folded(bytes: Uint8Array, at: number, count: number): number {
  let gram = 0;
  for (let i = 0; i < count; i++) gram |= (foldedByte[bytes[at + i] as number] as number) << (8 * i);
  return gram;
}
