import type { EngineExports } from './engine/engine-exports.ts';
import { EngineMemory } from './engine/engine-memory.ts';
import { instantiateKernel } from './kernel.ts';

/** Bytes that are looked at together. */
const inputBytes = 65_536;
/** A break is mostly near the end: look there first, and copy no more than needed. */
const tailBytes = 4096;

const unused = (): never => {
  throw new TypeError('line breaks need no automata');
};

/** The WebAssembly with room for some input and a list of what is found in it. */
class BreakFinder {
  readonly wasm: EngineExports;
  readonly input: number;
  readonly list: number;
  readonly memory: EngineMemory = new EngineMemory(8 * inputBytes);

  constructor() {
    const host = { fill: unused, prepare: unused, forget: unused, page: unused, gate: unused, head: unused };
    this.wasm = instantiateKernel(this.memory.wasm, host);
    this.input = this.memory.alloc(inputBytes);
    this.list = this.memory.alloc(4 * inputBytes);
  }
}

const finder = new BreakFinder();
const { wasm, memory, input, list } = finder;

/**
 * Number of LF bytes.
 *
 * @param bytes of any length; not kept
 */
export function countBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let base = 0; base < bytes.length; base += inputBytes) {
    const part = bytes.subarray(base, base + inputBytes);
    memory.u8.set(part, input);
    count += wasm.countBreaks(input, input + part.length);
  }
  return count;
}

/**
 * Offset of the last LF byte, or -1.
 *
 * @param bytes of any length; not kept
 */
export function lastBreak(bytes: Uint8Array): number {
  let size = tailBytes;
  for (let end = bytes.length; end > 0; ) {
    const start = Math.max(0, end - size);
    memory.u8.set(bytes.subarray(start, end), input);
    const to = input + end - start;
    const found = wasm.lastBreak(input, to);
    if (found !== to) return start + found - input;
    end = start;
    size = inputBytes;
  }
  return -1;
}

/**
 * Calls `visit` with the offset of every LF byte, ascending.
 *
 * @param bytes of any length; not kept
 */
export function eachLineEnd(bytes: Uint8Array, visit: (offset: number) => void): void {
  for (let base = 0; base < bytes.length; base += inputBytes) {
    const part = bytes.subarray(base, base + inputBytes);
    memory.u8.set(part, input);
    const count = wasm.lineEnds(input, input + part.length, list);
    // A copy: `visit` may come back here and would overwrite the list under this loop.
    const addresses = memory.u32.slice(list >>> 2, (list >>> 2) + count);
    for (const address of addresses) visit(base + address - input);
  }
}
