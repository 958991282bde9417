export type { CompiledPatternInfo } from './compiled-pattern.ts';
export type { EngineName } from './engine.ts';
export { countBreaks, eachLineEnd, lastBreak } from './line-breaks.ts';
export { LogMatcherError, type LogMatcherErrorDetails } from './log-matcher-error.ts';
export type { CandidateLine, PatternOptions, ScanOptions, ScanResult, Span } from './options.ts';
export type { LineMatch, PatternMatch } from './pattern-match.ts';
export { PatternSet } from './pattern-set.ts';
