import type { Reject } from '@sluice/pipeline';
import { utf8Decoder } from '../decode.ts';
import type { LineMatch, MatchedPattern, PatternMatch } from '../pattern-match.ts';
import { slotCount } from '../slot-count.ts';
import { lineOffset, PackedLine, PackedMatch } from './packed-match.ts';
import { matchFields, rejectMark } from './part-writer.ts';
import type { Part } from './protocol.ts';
import type { ScannableSet } from './scannable-set.ts';

/** Hands out what workers found. */
export class PartDelivery {
  readonly #patterns: readonly MatchedPattern[];
  readonly #set: ScannableSet;
  readonly #sink: (match: LineMatch) => void;
  readonly #rejects: ScannableSet['rejects'];

  constructor(set: ScannableSet, sink: (match: LineMatch) => void) {
    this.#patterns = set.patterns.map(({ groupCount, groupNames }, index) => ({ index, groupCount, groupNames }));
    this.#set = set;
    this.#sink = sink;
    this.#rejects = set.rejects;
  }

  /** Throws what the sink throws. */
  deliver({ records, lines, rejects }: Part): void {
    const decode = utf8Decoder(lines);
    let line: PackedLine | undefined;
    let nextReject = 0;
    for (let at = 0; at < records.length; ) {
      const pattern = records[at] as number;
      if (pattern === rejectMark) {
        this.#rejects?.next(rejects[nextReject++] as Reject);
        at += 1;
        continue;
      }
      const of = this.#patterns[pattern] as MatchedPattern;
      const offset = lineOffset(records, at);
      if (line?.offset !== offset) line = new PackedLine(records, at, lines, decode);
      const again = (subject: string): PatternMatch | undefined => this.#set.matchOf(pattern, subject);
      this.#sink(new PackedMatch(of, records, at, line, again));
      at += matchFields + slotCount(of);
    }
  }
}
