import type { EngineMemory } from '../engine/engine-memory.ts';
import { Descriptor } from './layout.ts';

/** What a loaded plan has counted, each modulo 2^32. */
export interface PlanCounters {
  /** Positions that kernels listed. */
  readonly candidates: number;
  /** Entries looked at to tell what stands at candidates. */
  readonly steps: number;
  /** Needles found, each once per line. */
  readonly confirmed: number;
  /** Lines listed. */
  readonly lines: number;
  /** Bytes searched. */
  readonly bytes: number;
}

/** @param descriptor as `loadPrefilter` gave it */
export function planCounters(memory: EngineMemory, descriptor: number): PlanCounters {
  const at = (word: number): number => memory.u32[(descriptor >>> 2) + word] as number;
  return {
    candidates: at(Descriptor.candidates),
    steps: at(Descriptor.steps),
    confirmed: at(Descriptor.confirmed),
    lines: at(Descriptor.lines),
    bytes: at(Descriptor.bytes),
  };
}
