export type { PatternAnalysis } from './analysis/analyse.ts';
export type { EngineName } from './found.ts';
export { countBreaks, eachLineEnd, lastBreak } from './line-breaks.ts';
export { LogMatcherError, type LogMatcherErrorDetails } from './log-matcher-error.ts';
export type {
  Candidate,
  CandidateLine,
  CandidatesOptions,
  CandidatesResult,
  PatternOptions,
  ScanOptions,
  ScanResult,
  SearchedPart,
  Span,
} from './options.ts';
export type { CompiledPatternInfo } from './pattern-info.ts';
export type { LineMatch, PatternMatch } from './pattern-match.ts';
export { PatternSet } from './pattern-set.ts';
export type { PatternSetStats } from './pattern-set-stats.ts';
export type { CutPlaces } from './prefilter/cut-places.ts';
