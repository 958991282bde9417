import type { PatternMatch } from '@sluice/log-matcher';
import { type Candidate, type CandidatesResult, type CutPlaces, PatternSet } from '@sluice/log-matcher';
import type { Dating } from '../lines/line-dating.ts';
import type { Content, FilterRules, RuleAsker } from './filter-rules.ts';
import type { RuleHit } from './rule-hit.ts';

/** Rules, and where dates are cut out of the lines that they are asked about. */
export interface CutRules {
  readonly rules: FilterRules;
  readonly places: CutPlaces;
}

/** Where the regexes of some rules are in the joint set. */
interface Block {
  readonly rules: FilterRules;
  readonly fail: number;
  readonly failCount: number;
  /** -1 where there is none. */
  readonly pref: number;
  readonly ignore: number;
  readonly ignoreCount: number;
  /** Whether lines are listed by the prefregex, and not by the failregexes. */
  readonly byPref: boolean;
}

/** Called with each line that some rules may match. */
export type VisitLine = (line: JointLine, block: number) => void;

/**
 * The regexes of several rules as one set, so that lines are scanned once for all of them.
 *
 * A line is listed for rules if it holds what one of their failregexes needs; where some failregex needs nothing that can
 * be looked for, if it holds what the prefregex needs, or in any case.
 */
export class JointRules {
  readonly #set: PatternSet;
  readonly #blocks: readonly Block[];
  readonly #cuts: readonly (CutPlaces | false)[];
  /** For each regex of the set the index of its block. */
  readonly #blockOf: Uint16Array;

  /** @param members without two that are the same; none has several lines in a subject */
  constructor(members: readonly CutRules[]) {
    const sets: PatternSet[] = [];
    const blocks: Block[] = [];
    const cuts: (CutPlaces | false)[] = [];
    const add = (set: PatternSet | undefined, places: CutPlaces | false): number => {
      if (set === undefined) return -1;
      const first = cuts.length;
      sets.push(set);
      cuts.push(...set.patterns.map(() => places));
      return first;
    };
    for (const { rules, places } of members) {
      const byPref = rules.pref?.isFindable() === true && !rules.fail.isFindable();
      const fail = add(rules.fail, byPref ? false : places);
      const pref = add(rules.pref, byPref ? places : false);
      const ignore = add(rules.ignore, false);
      const ignoreCount = rules.ignore?.patterns.length ?? 0;
      blocks.push({ rules, fail, failCount: rules.fail.patterns.length, pref, ignore, ignoreCount, byPref });
    }
    this.#set = PatternSet.join(sets as [PatternSet, ...PatternSet[]]);
    this.#blocks = blocks;
    this.#cuts = cuts;
    this.#blockOf = Uint16Array.from(blocks.flatMap((block, index) => new Array(sizeOf(block)).fill(index)));
  }

  /**
   * Calls `visit` for each line and each block that may match it: lines in their order, blocks in that of the members.
   *
   * @param source what the bytes are, for rejects
   */
  scan(
    bytes: Uint8Array,
    visit: VisitLine,
    source: { readonly path: string; readonly offset: number },
  ): CandidatesResult {
    const visitLine = (candidate: Candidate): void => {
      const line = new JointLine(candidate, this.#blocks);
      const { patternCount } = candidate;
      for (let i = 0; i < patternCount; ) {
        const block = this.#blockOf[candidate.patternAt(i)] as number;
        const first = i;
        for (i += 1; i < patternCount && this.#blockOf[candidate.patternAt(i)] === block; ) i += 1;
        line.select(first, i);
        visit(line, block);
      }
    };
    return this.#set.candidates(bytes, visitLine, { cuts: this.#cuts, source });
  }
}

const sizeOf = ({ failCount, pref, ignoreCount }: Block): number => failCount + (pref === -1 ? 0 : 1) + ignoreCount;

/** A line that some rules may match, and what is known of it. */
export class JointLine {
  /** Byte offset in what is scanned. */
  readonly offset: number;
  readonly candidate: Candidate;
  readonly #blocks: readonly Block[];
  /** Listed regexes of the block that is asked. */
  #first = 0;
  #last = 0;
  #text: string | undefined;

  constructor(candidate: Candidate, blocks: readonly Block[]) {
    this.candidate = candidate;
    this.offset = candidate.offset;
    this.#blocks = blocks;
  }

  /** Without its break, and without any `\r` before that. */
  get text(): string {
    this.#text ??= withoutReturns(this.candidate.text);
    return this.#text;
  }

  /** @param last index behind the last one */
  select(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
  }

  /** Asks the rules of a block about the line without its date. */
  ask(index: number, { cutStart, cutEnd }: Dating): RuleHit | 'ignored' | undefined {
    const block = this.#blocks[index] as Block;
    const { candidate } = this;
    const { rules } = block;
    if (this.text.length !== candidate.text.length) {
      return rules.find(cutStart === cutEnd ? this.text : this.text.slice(0, cutStart) + this.text.slice(cutEnd));
    }
    const search = (pattern: number, content: Content | undefined): PatternMatch | undefined =>
      candidate.search(
        pattern,
        content === undefined ? { cutStart, cutEnd } : { cutStart, cutEnd, from: content.from, to: content.to },
      );
    const asker: RuleAsker = {
      first: block.fail,
      pref: () => search(block.pref, undefined),
      fail: (content) => {
        if (block.byPref) return first(block.fail, block.failCount, (pattern) => search(pattern, content));
        for (let i = this.#first; i < this.#last; i++) {
          const match = search(candidate.patternAt(i), content);
          if (match !== undefined) return match;
        }
        return undefined;
      },
      ignores: (content) => first(block.ignore, block.ignoreCount, (pattern) => search(pattern, content)) !== undefined,
    };
    return rules.ask(asker);
  }
}

function first<T>(from: number, count: number, ask: (pattern: number) => T | undefined): T | undefined {
  for (let pattern = from; pattern < from + count; pattern++) {
    const answer = ask(pattern);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

const withoutReturns = (text: string): string => (text.endsWith('\r') ? text.replace(/\r+$/, '') : text);
