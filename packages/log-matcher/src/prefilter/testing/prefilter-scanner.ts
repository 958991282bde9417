import { readFileSync } from 'node:fs';
import { EngineMemory } from '../../engine/engine-memory.ts';
import { loadPrefilter } from '../load-prefilter.ts';
import { type PlanCounters, planCounters } from '../plan-counters.ts';
import type { PrefilterPlan } from '../prefilter-plan.ts';

type Scan = (from: number, to: number, tables: number, out: number) => number;
type ScanHash = (from: number, to: number, table: number, factor: number, out: number) => number;

/** What `assembly/prefilter/entry.ts` exports. */
export interface PrefilterExports {
  beginLines(descriptor: number, from: number, to: number): void;
  nextLines(out: number, capacityWords: number): number;
  findBreak(from: number, end: number): number;
  findLineStart(to: number, floor: number): number;
  readonly scanEven4: Scan;
  readonly scanEven6: Scan;
  readonly scanAll4: Scan;
  readonly scanHash1: ScanHash;
  readonly scanHash2: ScanHash;
  readonly scanHash4: ScanHash;
  readonly scanHash8: ScanHash;
}

const compiled = new WebAssembly.Module(readFileSync(new URL('../../../wasm/prefilter.wasm', import.meta.url)));

export const instantiatePrefilter = (memory: EngineMemory): PrefilterExports =>
  new WebAssembly.Instance(compiled, { env: { memory: memory.wasm } }).exports as unknown as PrefilterExports;

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
  readonly wasm: PrefilterExports = instantiatePrefilter(this.memory);
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
   * @param capacityWords room for lines per call; default: as much as the engine gives
   * @param shift moves the bytes to other addresses
   */
  scan(bytes: Uint8Array, capacityWords = 65_536 + this.#plan.patternCount, shift = 0): readonly ListedLine[] {
    const out = this.memory.alloc(4 * capacityWords);
    const window = this.memory.alloc(before + shift + bytes.length + behind);
    this.memory.u8.fill(garbage, window, window + before + shift + bytes.length + behind);
    const start = window + before + shift;
    this.memory.u8.set(bytes, start);
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
}
