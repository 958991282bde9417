import type { RejectSink } from '@sluice/pipeline';
import type { ScanOptions, ScanResult } from '../options.ts';
import type { CompiledPatternInfo } from '../pattern-info.ts';
import type { LineMatch, PatternMatch } from '../pattern-match.ts';

/** The part of a `PatternSet` that reads files. */
export interface ScannableSet {
  readonly patterns: readonly CompiledPatternInfo[];
  /** Where the set says what it gave up on. */
  readonly rejects?: RejectSink | undefined;
  scan(bytes: Uint8Array, sink: (match: LineMatch) => void, options?: ScanOptions): ScanResult;
  /** The match of one pattern in a line without its break. */
  matchOf(pattern: number, subject: string): PatternMatch | undefined;
  /** Memory whose bytes a scan need not copy. */
  memory?(byteLength: number): Uint8Array;
  serialize?(): Uint8Array;
}
