import {
  type Candidate,
  type CandidatesResult,
  type CutPlaces,
  type PatternMatch,
  PatternSet,
  type SearchedPart,
} from '@sluice/log-matcher';
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
  /** Whether a line is asked about only if it is listed for a failregex, and for the prefregex. */
  readonly byFail: boolean;
  readonly byPref: boolean;
}

/** Called with each line that some rules may match. */
export type VisitLine = (line: JointLine, block: number) => void;

/**
 * The regexes of several rules as one set, so that lines are scanned once for all of them.
 *
 * Rules are asked about a line if it holds what one of their failregexes needs, and what their prefregex needs. A regex that
 * needs nothing which can be looked for does not count; where that is a failregex, none does.
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
      const byPref = rules.pref?.isFindable() === true;
      const byFail = rules.fail.isFindable() || !byPref;
      const fail = add(rules.fail, byFail && places);
      const pref = add(rules.pref, byPref && places);
      const ignore = add(rules.ignore, false);
      const ignoreCount = rules.ignore?.patterns.length ?? 0;
      blocks.push({ rules, fail, failCount: rules.fail.patterns.length, pref, ignore, ignoreCount, byFail, byPref });
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
    const line = new JointLine(this.#blocks);
    const visitLine = (candidate: Candidate): void => {
      line.enter(candidate);
      const { patternCount } = candidate;
      for (let i = 0; i < patternCount; ) {
        const first = i;
        const index = this.#blockOf[candidate.patternAt(first)] as number;
        const { pref, byFail, byPref } = this.#blocks[index] as Block;
        for (i += 1; i < patternCount && this.#blockOf[candidate.patternAt(i)] === index; ) i += 1;
        // The prefregex stands behind the failregexes, and no ignoreregex is listed.
        const isPref = byPref && candidate.patternAt(i - 1) === pref;
        const last = isPref ? i - 1 : i;
        if (isPref !== byPref || (byFail && first === last)) continue;
        line.select(first, last);
        visit(line, index);
      }
    };
    return this.#set.candidates(bytes, visitLine, { cuts: this.#cuts, source });
  }
}

const sizeOf = ({ failCount, pref, ignoreCount }: Block): number => failCount + (pref === -1 ? 0 : 1) + ignoreCount;

/** The line that a scan is at, which some rules may match. */
export class JointLine implements RuleAsker {
  readonly #blocks: readonly Block[];
  #candidate: Candidate | undefined;
  #text: string | undefined;
  /** Listed regexes of the block that is asked. */
  #first = 0;
  #last = 0;
  #block: Block | undefined;
  #whole: SearchedPart & { readonly cutStart: number; readonly cutEnd: number } = { cutStart: 0, cutEnd: 0 };

  constructor(blocks: readonly Block[]) {
    this.#blocks = blocks;
  }

  /** Goes to another line. */
  enter(candidate: Candidate): void {
    this.#candidate = candidate;
    this.#text = undefined;
  }

  /** @param last index behind the last one */
  select(first: number, last: number): void {
    this.#first = first;
    this.#last = last;
  }

  get candidate(): Candidate {
    return this.#candidate as Candidate;
  }

  /** Byte offset in what is scanned. */
  get offset(): number {
    return this.candidate.offset;
  }

  /** Without its break, and without any `\r` before that. */
  get text(): string {
    this.#text ??= withoutReturns(this.candidate.text);
    return this.#text;
  }

  /** Asks the rules of a block about the line without its date. */
  ask(index: number, { cutStart, cutEnd }: Dating): RuleHit | 'ignored' | undefined {
    const block = this.#blocks[index] as Block;
    const { text } = this;
    if (text.length !== this.candidate.text.length) {
      return block.rules.find(cutStart === cutEnd ? text : text.slice(0, cutStart) + text.slice(cutEnd));
    }
    this.#block = block;
    this.#whole = { cutStart, cutEnd };
    return block.rules.ask(this);
  }

  get first(): number {
    return (this.#block as Block).fail;
  }

  pref(): PatternMatch | undefined {
    return this.candidate.search((this.#block as Block).pref, this.#whole);
  }

  fail(content: Content | undefined): PatternMatch | undefined {
    const { candidate } = this;
    const { fail, failCount, byFail } = this.#block as Block;
    const part = this.#partOf(content);
    const count = byFail ? this.#last - this.#first : failCount;
    for (let i = 0; i < count; i++) {
      const match = candidate.search(byFail ? candidate.patternAt(this.#first + i) : fail + i, part);
      if (match !== undefined) return match;
    }
    return undefined;
  }

  ignores(content: Content | undefined): boolean {
    const { ignore, ignoreCount } = this.#block as Block;
    const part = this.#partOf(content);
    for (let i = 0; i < ignoreCount; i++) if (this.candidate.search(ignore + i, part) !== undefined) return true;
    return false;
  }

  #partOf(content: Content | undefined): SearchedPart {
    const { cutStart, cutEnd } = this.#whole;
    return content === undefined ? this.#whole : { cutStart, cutEnd, from: content.from, to: content.to };
  }
}

const withoutReturns = (text: string): string => (text.endsWith('\r') ? text.replace(/\r+$/, '') : text);
