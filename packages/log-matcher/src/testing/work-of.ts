import type { PatternSet } from '../pattern-set.ts';
import type { PatternSetStats } from '../pattern-set-stats.ts';

/** What a set did, by its own counters. */
export interface Work {
  readonly transitions: number;
  readonly stateWork: number;
  readonly walkSteps: number;
  readonly backtrackerSteps: number;
  readonly prefilter: number;
  readonly total: number;
}

const prefilterOf = ({ prefilterCandidates, prefilterSteps }: PatternSetStats): number =>
  prefilterCandidates + prefilterSteps;

/** What a set does while `action` runs. */
export function workDuring(set: PatternSet, action: () => unknown): Work {
  const before = set.stats();
  action();
  const after = set.stats();
  const transitions = after.transitions - before.transitions;
  const stateWork = after.stateWork - before.stateWork;
  const walkSteps = after.walkSteps - before.walkSteps;
  const backtrackerSteps = after.backtrackerSteps - before.backtrackerSteps;
  const prefilter = prefilterOf(after) - prefilterOf(before);
  const total = transitions + stateWork + walkSteps + backtrackerSteps + prefilter;
  return { transitions, stateWork, walkSteps, backtrackerSteps, prefilter, total };
}
