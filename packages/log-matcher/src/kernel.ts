import { bytesOfBase64 } from './bytes-of-base64.ts';
import type { EngineExports } from './engine/engine-exports.ts';
import { kernelWasm } from './generated/kernel-wasm.ts';

const compiled = new WebAssembly.Module(bytesOfBase64(kernelWasm));

/** What the WebAssembly asks of JavaScript; numbers are addresses, answers 1 for yes and 0 for no. */
export interface EngineHost {
  /** Works out an entry of an automaton's row; no when the cache is full. */
  readonly fill: (automaton: number, row: number, offset: number) => number;
  /** Makes the rows at which an automaton is entered; no when the cache is full. */
  readonly prepare: (automaton: number) => number;
  /** Forgets what automata have worked out. */
  readonly forget: () => void;
  /** Makes the table of units of 256 characters; its address. */
  readonly page: (index: number) => number;
  /** Makes the gate of a pattern. */
  readonly gate: (pattern: number) => void;
  /** Makes the head of a pattern. */
  readonly head: (pattern: number) => void;
}

/** An instance of the package's WebAssembly on a memory of its own. It is synchronous. */
export function instantiateKernel(memory: WebAssembly.Memory, host: EngineHost): EngineExports {
  return new WebAssembly.Instance(compiled, { env: { memory }, host: { ...host } }).exports as unknown as EngineExports;
}
