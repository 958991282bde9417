const shortLength = 16;
const longLength = 23;
/** Bytes of an id, and one for its length. */
const stride = 24;
const firstDash = 6;
const dash = 45;
const notADigit = 255;
const firstCapacity = 1024;

/** Values of the digits of ids by their codes, which are in the same order. */
const digits: Uint8Array = new Uint8Array(256).fill(notADigit);
for (let value = 0; value < 62; value += 1)
  digits[value < 10 ? 48 + value : value < 36 ? 55 + value : 61 + value] = value;

/**
 * Many message ids in little memory: a queue of 100,000 takes 2.4 MB, and no strings that the collector of garbage would
 * have to move about while the messages are read.
 */
export class PackedIds {
  #bytes: Buffer = Buffer.allocUnsafeSlow(firstCapacity * stride);
  /** How many there are. */
  length = 0;

  /** Adds the id that a text begins with; false, and nothing happens, when that is none. */
  add(text: string, idLength: number = text.length): boolean {
    if (idLength !== shortLength && idLength !== longLength) return false;
    const start = this.length * stride;
    if (start === this.#bytes.length) this.#grow();
    const bytes = this.#bytes;
    const secondDash = idLength - (idLength === shortLength ? 3 : 5);
    for (let index = 0; index < idLength; index += 1) {
      const code = text.charCodeAt(index);
      const isDash = index === firstDash || index === secondDash;
      if (isDash ? code !== dash : !(code < 256) || digits[code] === notADigit) return false;
      bytes[start + index] = code;
    }
    bytes[start + longLength] = idLength;
    this.length += 1;
    return true;
  }

  /** Adds all ids of others. */
  addAll(ids: PackedIds): void {
    const start = this.length * stride;
    while (start + ids.length * stride > this.#bytes.length) this.#grow();
    ids.#bytes.copy(this.#bytes, start, 0, ids.length * stride);
    this.length += ids.length;
  }

  text(index: number): string {
    const start = index * stride;
    return this.#bytes.toString('latin1', start, start + this.lengthOf(index));
  }

  lengthOf(index: number): number {
    return this.#bytes[index * stride + longLength] as number;
  }

  /** Writes an id's bytes, and nothing behind them. */
  copyTo(index: number, target: Uint8Array, at: number): void {
    const bytes = this.#bytes;
    const start = index * stride;
    const length = bytes[start + longLength] as number;
    for (let offset = 0; offset < length; offset += 1) target[at + offset] = bytes[start + offset] as number;
  }

  /** The time of an id in seconds since the epoch. */
  secondsOf(index: number): number {
    const bytes = this.#bytes;
    const start = index * stride;
    let seconds = 0;
    for (let at = start; at < start + firstDash; at += 1)
      seconds = seconds * 62 + (digits[bytes[at] as number] as number);
    return seconds;
  }

  /** As `compareIds` does. */
  compare(a: number, b: number): number {
    const lastA = this.lengthOf(a) === shortLength ? 14 : 19;
    const lastB = this.lengthOf(b) === shortLength ? 14 : 19;
    return (
      this.#compareBytes(a, b, 0, 0, firstDash) ||
      this.#compareBytes(a, b, lastA, lastB, Math.min(this.lengthOf(a) - lastA, this.lengthOf(b) - lastB)) ||
      this.lengthOf(a) - this.lengthOf(b) ||
      this.#compareBytes(a, b, 0, 0, this.lengthOf(a))
    );
  }

  #compareBytes(a: number, b: number, offsetA: number, offsetB: number, count: number): number {
    const bytes = this.#bytes;
    const startA = a * stride + offsetA;
    const startB = b * stride + offsetB;
    for (let index = 0; index < count; index += 1) {
      const difference = (bytes[startA + index] as number) - (bytes[startB + index] as number);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.#bytes.length * 2);
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
