import type { LiteralOffers } from '../literals/required.ts';
import { type KernelChoice, KernelChooser } from './choose-kernels.ts';
import type { CutPlaces, PlannedCuts } from './cut-places.ts';
import { findNeedles } from './find-needles.ts';
import type { GramStatistics } from './gram-statistics.ts';
import { foundNs, type KernelName, lineNs, restNs, restShare } from './kernels.ts';
import { modelStatistics, sampleStatistics } from './model-statistics.ts';
import type { NeedleGroup, PrefilterPlan } from './prefilter-plan.ts';
import { candidatesIn, needlesAt } from './try-plan.ts';

const newline = 10;
const bytesPerMb = 1e6;

export interface PlanOptions {
  /** Where a span of a line may be cut out before patterns are tried: see {@link PlannedCuts}. */
  readonly cuts: PlannedCuts;
  /** Some of the log that is to be searched, of which up to 1 MiB is looked at. Default: a built-in model of logs. */
  readonly sample?: Uint8Array;
  /** Look for all literals with this kernel: for tests and measurements. */
  readonly kernel?: KernelName;
  /**
   * True for a plan that is soon made, and may not be the best: for the first megabytes, which take less time than the
   * best plan. Default false.
   */
  readonly soon?: boolean;
}

/**
 * Plans how to find the lines that patterns may match.
 *
 * @param patterns for each the sets of literals to choose from, as `offerLiterals` gives them; none when each line may match
 */
export function planPrefilter(patterns: readonly LiteralOffers[], options: PlanOptions): PrefilterPlan {
  const { cuts, sample, kernel, soon = false } = options;
  const cutsOf = (pattern: number): CutPlaces | false => (typeof cuts === 'string' ? cuts : (cuts[pattern] ?? 'any'));
  const statistics = sample === undefined || sample.length === 0 ? modelStatistics() : sampleStatistics(sample);
  const { needles, always, chosen, texts } = findNeedles(patterns, cutsOf, statistics);
  const chosenBy = (chooser: KernelChooser): KernelChoice => (soon ? chooser.chooseSoon() : chooser.choose(kernel));
  const isTorn = needles.some(({ rest }) => rest !== undefined);
  const { groups, candidatesPerMb, nsPerMb } = chosenBy(new KernelChooser(needles, statistics));
  const found = groups.reduce(countIn(statistics, needles), 0);
  const lines = always.length > 0 ? linesPerMb(statistics) : found * (isTorn ? restShare : 1);
  return {
    patternCount: patterns.length,
    kernel: groups.map((group) => group.kernel).join(' + ') || 'none',
    groups,
    needles,
    always,
    chosen,
    texts,
    estimatedCandidatesPerMb: candidatesPerMb,
    estimatedLinesPerMb: lines,
    estimatedNsPerMb: nsPerMb + (isTorn ? foundNs + restNs : foundNs) * found + lineNs * lines,
  };
}

/** Adds what a group's needles are found per megabyte. */
const countIn =
  (statistics: GramStatistics, needles: PrefilterPlan['needles']) =>
  (sum: number, group: NeedleGroup): number => {
    const probe = statistics.probe();
    const count = needlesAt(group, needles, probe, candidatesIn(group, needles, probe));
    return sum + (count * bytesPerMb) / probe.length;
  };

function linesPerMb(statistics: GramStatistics): number {
  const probe = statistics.probe();
  return (probe.reduce((count, byte) => count + (byte === newline ? 1 : 0), 0) * bytesPerMb) / probe.length;
}
