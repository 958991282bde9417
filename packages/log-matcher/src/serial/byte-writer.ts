const firstCapacity = 4096;

/** Bytes that grow at their end. */
export class ByteWriter {
  length = 0;
  #bytes = new Uint8Array(firstCapacity);
  readonly #float = new DataView(new ArrayBuffer(8));

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  /** An integer from 0 to 2^32 - 1. */
  varint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  float(value: number): void {
    this.#float.setFloat64(0, value, true);
    for (let at = 0; at < 8; at++) this.byte(this.#float.getUint8(at));
  }

  bytes(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written from an offset on; valid until the next writing. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.length);
  }

  /** Forgets what was written from an offset on. */
  backTo(length: number): void {
    this.length = length;
  }

  #grow(missing: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.length + missing));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
