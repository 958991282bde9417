import type { PatternSetStats } from '../pattern-set-stats.ts';
import type { PlanLister } from './plan-lister.ts';
import type { SetEngine } from './set-engine.ts';

/** What an engine has done and keeps; zeros where there is none yet. */
export function statsOf(set: SetEngine | undefined): Omit<PatternSetStats, 'backtrackerSteps'> {
  const engine = set?.engine;
  const wasm = engine?.wasm;
  const sum = (of: (lister: PlanLister) => number): number =>
    (set?.listers ?? []).reduce((total, lister) => total + of(lister), 0);
  return {
    memoryBytes: engine?.memory.usedBytes ?? 0,
    cacheBytes: engine?.arena.bytes ?? 0,
    dfaStates: engine?.stateCount ?? 0,
    cacheFlushes: engine?.forgets ?? 0,
    linesTried: (wasm?.linesTried.value ?? 0) >>> 0,
    transitions: wasm?.entriesFollowed.value ?? 0,
    stateWork: engine?.work ?? 0,
    walkSteps: wasm?.walked.value ?? 0,
    prefilterCandidates: sum(({ candidates }) => candidates),
    prefilterSteps: sum(({ steps }) => steps),
    replans: sum(({ replans }) => replans),
  };
}
