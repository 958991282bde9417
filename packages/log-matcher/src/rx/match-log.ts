import type { Chunk, ChunkSource } from '@sluice/pipeline';
import { concatMap, type OperatorFunction } from 'rxjs';
import type { ScanOptions } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';
import type { PatternSet } from '../pattern-set.ts';

/** A line of a log that a pattern matches. */
export interface LogMatch {
  readonly source: ChunkSource;
  /** Byte offset of the line in its source. */
  readonly offset: number;
  /** Index of the pattern. */
  readonly pattern: number;
  /** The whole line without its break, with what `cut` cut out. */
  readonly line: string;
  /** Named groups that took part, without a prototype. */
  readonly groups: Readonly<Record<string, string>>;
}

export type MatchLogOptions = Pick<ScanOptions, 'cut'>;

/**
 * Searches the lines of each chunk.
 *
 * 1. Emits a match for each line that a pattern of the set matches (for each pattern, if the set reports `all`), in order.
 * 2. Emits while it is given the chunk: the chunk's bytes are not kept, and the source may take the ack for granted.
 * 3. Completes and errors with the source. Lines that the backtracker gave up on go to the set's `rejects`, with path and
 *    offset, and never end the stream. What `cut` throws errors it.
 *
 * @example
 * ```ts
 * readFiles('access.log').pipe(matchLog(PatternSet.compile(['^(?P<ip>\\S+) .* 404 ']))).subscribe(console.log);
 * ```
 */
export function matchLog(set: PatternSet, options: MatchLogOptions = {}): OperatorFunction<Chunk, LogMatch> {
  // concatMap takes an array at once, so that all is emitted before the chunk is acked.
  return concatMap((chunk) => matchesIn(set, chunk, options));
}

function matchesIn(set: PatternSet, { source, bytes, offset }: Chunk, options: MatchLogOptions): LogMatch[] {
  const matches: LogMatch[] = [];
  const take = (match: LineMatch): void => {
    const { line, pattern } = match;
    matches.push({ source, offset: offset + line.offset, pattern, line: line.text, groups: match.groups() });
  };
  set.scan(bytes, take, { ...options, source: { path: source.path, offset } });
  return matches;
}
