import { type Decode, latin1Decoder, utf8Decoder } from '../decode.ts';
import type { CandidateLine } from '../options.ts';
import type { EngineMemory } from './engine-memory.ts';

/** The bytes of a scan, wherever they are: an engine's memory may move while it is scanned. */
export class ScannedBytes {
  /** Bytes in the memory are gone from their view once that grows; so this is kept. */
  readonly length: number;
  readonly #bytes: Uint8Array | undefined;
  readonly #memory: EngineMemory;
  readonly #address: number;
  #decoded: Uint8Array | undefined;
  #latin1: Decode | undefined;
  #utf8: Decode | undefined;

  /** @param bytes a view of the memory, or other bytes */
  constructor(bytes: Uint8Array, memory: EngineMemory) {
    this.length = bytes.length;
    this.#memory = memory;
    const isInside = bytes.buffer === memory.wasm.buffer;
    this.#bytes = isInside ? undefined : bytes;
    this.#address = isInside ? bytes.byteOffset : 0;
  }

  /** Address of the first byte; undefined when the bytes are not in the memory. */
  get address(): number | undefined {
    return this.#bytes === undefined ? this.#address : undefined;
  }

  bytes(start: number, end: number): Uint8Array {
    return (this.#bytes ?? this.#memory.u8).subarray(this.#address + start, this.#address + end);
  }

  latin1(start: number, end: number): string {
    this.#refresh();
    return (this.#latin1 as Decode)(this.#address + start, this.#address + end);
  }

  utf8(start: number, end: number): string {
    this.#refresh();
    return (this.#utf8 as Decode)(this.#address + start, this.#address + end);
  }

  #refresh(): void {
    const bytes = this.#bytes ?? this.#memory.u8;
    if (this.#decoded === bytes) return;
    this.#decoded = bytes;
    this.#latin1 = latin1Decoder(bytes);
    this.#utf8 = utf8Decoder(bytes);
  }
}

/** A line of scanned bytes, decoded when it is first read. */
export class ScannedLine implements CandidateLine {
  readonly offset: number;
  readonly length: number;
  readonly #bytes: ScannedBytes;
  #text: string | undefined;

  constructor(offset: number, length: number, bytes: ScannedBytes) {
    this.offset = offset;
    this.length = length;
    this.#bytes = bytes;
  }

  bytes(): Uint8Array {
    return this.#bytes.bytes(this.offset, this.offset + this.length);
  }

  /** The text of a line of ASCII: quicker to make. */
  protected get asciiText(): string {
    this.#text ??= this.#bytes.latin1(this.offset, this.offset + this.length);
    return this.#text;
  }

  get text(): string {
    this.#text ??= this.#bytes.utf8(this.offset, this.offset + this.length);
    return this.#text;
  }
}
