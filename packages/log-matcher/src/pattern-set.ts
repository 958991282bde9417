import type { RejectSink } from '@sluice/pipeline';
import { type CompiledPattern, type CompiledPatternInfo, compilePattern } from './compiled-pattern.ts';
import { gaveUp } from './engine.ts';
import { explainPatterns } from './explain-patterns.ts';
import { countBreaks } from './line-breaks.ts';
import { LineScanner } from './line-scanner.ts';
import { LineWalk } from './line-walk.ts';
import { Prefilter } from './literals/prefilter.ts';
import { checkOptions, type PatternOptions, type ScanOptions, type ScanResult } from './options.ts';
import { type LineMatch, type PatternMatch, patternMatch } from './pattern-match.ts';

const newline = 10;
const shownSubject = 200;

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/**
 * Patterns compiled once, to be searched for in many subjects.
 *
 * Guarantees:
 * - Each answer is that of Python's `re.search`: leftmost, by priority, with the same groups.
 * - A line that a pattern matches is never passed over by the prefilter.
 * - Nothing in a subject makes a search throw.
 * - Where the backtracker gives up (`maxSteps`), it says so to `rejects`, and the other patterns go on.
 */
export class PatternSet {
  /** What became of each pattern, in the order given. */
  readonly patterns: readonly CompiledPatternInfo[];
  readonly #patterns: readonly CompiledPattern[];
  readonly #options: ReturnType<typeof checkOptions>;
  readonly #rejects: RejectSink | undefined;
  readonly #prefilter: Prefilter;
  #cutPrefilter: Prefilter | undefined;

  private constructor(patterns: readonly CompiledPattern[], options: PatternOptions) {
    this.#patterns = patterns;
    this.#options = checkOptions(options);
    this.#rejects = options.rejects;
    this.#prefilter = this.#makePrefilter(false);
    const { texts } = this.#prefilter;
    this.patterns = Object.freeze(patterns.map((pattern) => Object.freeze(infoOf(pattern, texts[pattern.index]))));
  }

  /**
   * Compiles patterns.
   *
   * @throws LogMatcherError naming the pattern's index, the column and a cure; see its list of codes
   */
  static compile(patterns: readonly string[], options: PatternOptions = {}): PatternSet {
    const checked = checkOptions(options);
    return new PatternSet(
      patterns.map((source, index) => compilePattern(source, index, checked)),
      options,
    );
  }

  /**
   * The match of the first pattern, in the order of the list, that matches.
   *
   * @param subject without its line break
   */
  match(subject: string): PatternMatch | undefined {
    return this.#search(subject, true)[0];
  }

  /** One match for each pattern that matches, in the order of the list. */
  matchAll(subject: string): PatternMatch[] {
    return this.#search(subject, false);
  }

  /**
   * Searches whole lines. A line ends at `\n`; one `\r` before that is not part of it; a last line without a break is a
   * line too. Bytes are taken for UTF-8; an invalid sequence is U+FFFD to the patterns.
   *
   * 1. Literals that a match needs are looked for in the bytes, without regard to lines.
   * 2. A line that holds one, and every line if a pattern needs none, is decoded, cut (`scanOptions.cut`) and searched.
   * 3. `sink` is called for each match, in the order of the lines.
   *
   * @param bytes not kept, but a match and its line read from it: use these before the bytes change
   * @param sink what it throws ends the scan and is thrown on; so for `cut`
   */
  scan(bytes: Uint8Array, sink: (match: LineMatch) => void, scanOptions: ScanOptions = {}): ScanResult {
    const { cut, source } = scanOptions;
    const prefilter = cut === undefined ? this.#prefilter : this.#prefilterForCuts();
    let givenUp = 0;
    const onGiveUp = (pattern: number, subject: string, offset: number): void => {
      givenUp += 1;
      this.#giveUp(pattern, subject, source === undefined ? {} : { path: source.path, offset: source.offset + offset });
    };
    const { finalBreak, report } = this.#options;
    const plan = { patterns: this.#patterns, finalBreak, report, needed: prefilter.exact, onGiveUp };
    const scanner = new LineScanner(plan, bytes, sink, cut);
    const walk = new LineWalk(scanner, bytes, prefilter.always, this.#patterns.length);
    prefilter.eachHit(bytes, (position, patterns) => walk.hit(position, patterns));
    walk.finish();
    const unfinished = bytes.length > 0 && bytes[bytes.length - 1] !== newline ? 1 : 0;
    const { candidates, matches } = scanner;
    return { lines: countBreaks(bytes) + unfinished, candidates, matches, givenUp };
  }

  /** For people: the engine of each pattern and why, and the literals by which its lines are found. */
  explain(): string {
    return explainPatterns(this.patterns);
  }

  #makePrefilter(cuttable: boolean): Prefilter {
    const roots = this.#patterns.map(({ parsed }) => parsed.root);
    return new Prefilter(roots, cuttable, this.#options.prefilter);
  }

  #prefilterForCuts(): Prefilter {
    this.#cutPrefilter ??= this.#makePrefilter(true);
    return this.#cutPrefilter;
  }

  #search(subject: string, firstOnly: boolean): PatternMatch[] {
    const text = this.#options.finalBreak ? `${subject}\n` : subject;
    const ascii = isAscii(text);
    const matches: PatternMatch[] = [];
    for (const pattern of this.#patterns) {
      const found = pattern.engine.search(text, ascii);
      if (found === gaveUp) this.#giveUp(pattern.index, subject, {});
      else if (found !== undefined) matches.push(patternMatch(pattern, subject, found));
      if (firstOnly && matches.length > 0) break;
    }
    return matches;
  }

  #giveUp(pattern: number, subject: string, place: { path?: string; offset?: number }): void {
    this.#rejects?.next({
      component: 'log-matcher',
      code: 'ERR_LOG_MATCHER_STEPS',
      reason: `pattern ${pattern} was given up on after ${this.#options.maxSteps} steps (maxSteps)`,
      value: subject.slice(0, shownSubject),
      ...place,
    });
  }
}

function infoOf(pattern: CompiledPattern, literals: readonly string[] | undefined): CompiledPatternInfo {
  const { parsed, groupCount, groupNames, engine, reason } = pattern;
  return { source: parsed.source, groupCount, groupNames, engine: engine.name, reason, literals };
}
