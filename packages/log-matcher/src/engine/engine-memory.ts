import { LogMatcherError } from '../log-matcher-error.ts';

const pageBytes = 65_536;
/** Kept free at the bottom, so that no block has address 0 and reads before the first block stay inside. */
const firstAddress = 1024;

const up = (value: number, step: number): number => Math.ceil(value / step) * step;

/**
 * The linear memory of one set's engine: blocks are handed out from bottom to top and never given back singly.
 *
 * The views are those of the present size: a growth replaces them, so take them from here for each use.
 */
export class EngineMemory {
  readonly wasm: WebAssembly.Memory;
  readonly maxBytes: number;
  #u8: Uint8Array;
  #u16: Uint16Array;
  #u32: Uint32Array;
  #top: number = firstAddress;

  /** @param maxBytes bound; rounded up to whole pages of 64 KiB */
  constructor(maxBytes: number) {
    this.maxBytes = up(maxBytes, pageBytes);
    this.wasm = new WebAssembly.Memory({ initial: 1, maximum: this.maxBytes / pageBytes });
    this.#u8 = new Uint8Array(this.wasm.buffer);
    this.#u16 = new Uint16Array(this.wasm.buffer);
    this.#u32 = new Uint32Array(this.wasm.buffer);
  }

  get u8(): Uint8Array {
    return this.#u8;
  }

  get u16(): Uint16Array {
    return this.#u16;
  }

  get u32(): Uint32Array {
    return this.#u32;
  }

  /** Bytes handed out. */
  get usedBytes(): number {
    return this.#top;
  }

  /**
   * Hands out a block of zeros.
   *
   * @param align a power of two
   * @returns its address
   * @throws LogMatcherError `ERR_LOG_MATCHER_MEMORY` when the bound is reached
   */
  alloc(bytes: number, align = 16): number {
    const address = up(this.#top, align);
    const end = address + bytes;
    if (end > this.maxBytes) {
      const fault = `needs ${end} bytes of memory, more than the bound of ${this.maxBytes} (maxMemoryBytes)`;
      throw new LogMatcherError('ERR_LOG_MATCHER_MEMORY', fault, { value: end, limit: this.maxBytes });
    }
    this.#top = end;
    const missing = end - this.#u8.length;
    if (missing > 0) this.#grow(missing);
    return address;
  }

  /** Makes room for so many more bytes beforehand, so that blocks do not move the memory. */
  reserve(bytes: number): void {
    const missing = Math.min(this.#top + bytes, this.maxBytes) - this.#u8.length;
    if (missing > 0) this.#grow(missing);
  }

  #grow(bytes: number): void {
    this.wasm.grow(Math.ceil(bytes / pageBytes));
    this.#u8 = new Uint8Array(this.wasm.buffer);
    this.#u16 = new Uint16Array(this.wasm.buffer);
    this.#u32 = new Uint32Array(this.wasm.buffer);
  }
}
