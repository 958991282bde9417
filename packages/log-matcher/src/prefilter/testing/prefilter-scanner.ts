import { bytesOfBase64 } from '../../bytes-of-base64.ts';
import { EngineMemory } from '../../engine/engine-memory.ts';
import { kernelWasm } from '../../generated/kernel-wasm.ts';
import { loadPrefilter } from '../load-prefilter.ts';
import { type PlanCounters, planCounters } from '../plan-counters.ts';
import type { PrefilterPlan } from '../prefilter-plan.ts';

type Kernel = (from: number, to: number, tables: number, ...rest: readonly number[]) => number;

/** What the WebAssembly exports of the prefilter. */
export interface PrefilterExports {
  beginLines(descriptor: number, from: number, to: number): void;
  nextLines(out: number, capacityWords: number): number;
  readonly scanEven4: Kernel;
  readonly scanEven6: Kernel;
  readonly scanAll4: Kernel;
  readonly scanHash1: Kernel;
  readonly scanHash2: Kernel;
  readonly scanHash4: Kernel;
  readonly scanHash8: Kernel;
}

interface Import {
  readonly module: string;
  readonly name: string;
}

const compiled = new WebAssembly.Module(bytesOfBase64(kernelWasm));
const { imports } = WebAssembly.Module as unknown as { imports(module: WebAssembly.Module): readonly Import[] };

const unused = (): never => {
  throw new Error('the prefilter asks nothing of JavaScript');
};

/** An instance of which only the prefilter works. */
function instantiate(memory: WebAssembly.Memory): PrefilterExports {
  const given: Record<string, Record<string, unknown>> = {};
  for (const { module, name } of imports(compiled)) given[module] = { ...given[module], [name]: unused };
  given['env'] = { memory };
  return new WebAssembly.Instance(compiled, given).exports as unknown as PrefilterExports;
}

/** A line that patterns may match: offsets in the bytes scanned. */
export interface ListedLine {
  readonly start: number;
  readonly end: number;
  readonly patterns: readonly number[];
}

const before = 64;
const behind = 512;
/** What lies around the bytes: it must not matter. */
const garbage = 0x61;

/** A plan with a memory of its own. */
export class PrefilterScanner {
  readonly memory: EngineMemory = new EngineMemory(1 << 30);
  readonly wasm: PrefilterExports = instantiate(this.memory.wasm);
  readonly #plan: PrefilterPlan;
  descriptor: number;

  constructor(plan: PrefilterPlan) {
    this.#plan = plan;
    this.descriptor = loadPrefilter(plan, this.memory);
  }

  get counters(): PlanCounters {
    return planCounters(this.memory, this.descriptor);
  }

  /**
   * @param capacityWords room for lines per call; default: enough for a few
   * @param shift moves the bytes to other addresses
   */
  scan(bytes: Uint8Array, capacityWords = 1000 + this.#plan.patternCount, shift = 0): readonly ListedLine[] {
    const out = this.memory.alloc(4 * capacityWords);
    const start = this.place(bytes, shift);
    this.wasm.beginLines(this.descriptor, start, start + bytes.length);
    const lines: ListedLine[] = [];
    for (;;) {
      const words = this.wasm.nextLines(out, capacityWords);
      if (words === 0) return lines;
      if (words > capacityWords) throw new Error('more words than there is room for');
      const list = this.memory.u32.subarray(out >>> 2, (out >>> 2) + words);
      for (let i = 0; i < words; ) {
        const count = list[i + 2] as number;
        const patterns = [...list.subarray(i + 3, i + 3 + count)];
        lines.push({ start: (list[i] as number) - start, end: (list[i + 1] as number) - start, patterns });
        i += 3 + count;
      }
    }
  }

  /** Puts bytes into the memory; their address. */
  place(bytes: Uint8Array, shift = 0): number {
    const all = before + shift + bytes.length + behind;
    const window = this.memory.alloc(all, 64);
    this.memory.u8.fill(garbage, window, window + all);
    const start = window + before + shift;
    this.memory.u8.set(bytes, start);
    return start;
  }
}
