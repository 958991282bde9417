import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';

/** What `assembly/index.ts` exports. Each function looks at the first `length` bytes of the memory. */
export interface Kernel {
  /** The memory's input area. */
  readonly input: Uint8Array;
  /** The memory's list of offsets found. */
  readonly offsets: Uint32Array;
  /** The memory's table of grams, by hash. */
  readonly grams: Uint8Array;
  /** The hash of three bytes, little endian, each with 0x20 set. */
  hashOf(gram: number): number;
  countBreaks(length: number): number;
  lastBreak(length: number): number;
  lineEnds(length: number): number;
  findGrams(length: number): number;
}

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly INPUT: WebAssembly.Global;
  readonly TABLE: WebAssembly.Global;
  readonly HASH_BITS: WebAssembly.Global;
  readonly HASH_FACTOR: WebAssembly.Global;
  countBreaks(length: number): number;
  lastBreak(length: number): number;
  lineEnds(length: number): number;
  findGrams(length: number): number;
}

// `src/` and `dist/` lie at the same depth, so one relative path serves both.
const compiled = new WebAssembly.Module(readFileSync(new URL('../wasm/kernel.wasm', import.meta.url)));
const wasm = new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
const { buffer } = wasm.memory;
const capacity = wasm.INPUT.value;
const factor = wasm.HASH_FACTOR.value;
const shift = 32 - wasm.HASH_BITS.value;

/** The WebAssembly kernel, loaded once per process. It is synchronous and keeps nothing between calls but `grams`. */
export const kernel: Kernel = {
  input: new Uint8Array(buffer, 0, capacity),
  offsets: new Uint32Array(buffer, capacity, capacity),
  grams: new Uint8Array(buffer, wasm.TABLE.value, 1 << wasm.HASH_BITS.value),
  hashOf: (gram) => Math.imul(gram, factor) >>> shift,
  countBreaks: wasm.countBreaks,
  lastBreak: wasm.lastBreak,
  lineEnds: wasm.lineEnds,
  findGrams: wasm.findGrams,
};

/** Decodes parts of some bytes from UTF-8, each invalid sequence as U+FFFD. */
export function utf8Decoder(bytes: Uint8Array): (start: number, end: number) => string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (start, end) => view.toString('utf8', start, end);
}

/** Decodes parts of some bytes as Latin-1: one character for each byte. */
export function latin1Decoder(bytes: Uint8Array): (start: number, end: number) => string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (start, end) => view.toString('latin1', start, end);
}
