import type { RejectSink } from '@sluice/pipeline';
import { explainPatterns } from './analysis/explain-patterns.ts';
import { literalPlaces } from './analysis/literal-place.ts';
import { type CompiledPattern, compilePattern, readyPattern } from './compiled-pattern.ts';
import { eachCandidate } from './engine/candidate.ts';
import { eachPiece } from './engine/each-piece.ts';
import { crowd } from './engine/gate-check.ts';
import { LineSearch } from './engine/line-search.ts';
import { ScanRun } from './engine/scan-run.ts';
import { ScannedBytes } from './engine/scanned-bytes.ts';
import { SetEngine } from './engine/set-engine.ts';
import { statsOf } from './engine/stats-of.ts';
import { gaveUp } from './found.ts';
import type { LiteralOffers } from './literals/required.ts';
import { LogMatcherError } from './log-matcher-error.ts';
import {
  type Candidate,
  type CandidatesOptions,
  type CandidatesResult,
  type CheckedOptions,
  checkOptions,
  type PatternOptions,
  type ScanOptions,
  type ScanResult,
} from './options.ts';
import { type CompiledPatternInfo, PatternInfo } from './pattern-info.ts';
import { type LineMatch, type PatternMatch, patternMatch } from './pattern-match.ts';
import type { PatternSetStats } from './pattern-set-stats.ts';
import type { CutPlaces } from './prefilter/cut-places.ts';
import { offerLiterals } from './prefilter/offer-literals.ts';
import { planPrefilter } from './prefilter/plan-prefilter.ts';
import type { PrefilterPlan } from './prefilter/prefilter-plan.ts';
import { looseOf } from './program/loose-of.ts';
import { unionOf } from './program/union.ts';
import { decodeSet } from './serial/decode-set.ts';
import { encodeSet } from './serial/encode-set.ts';
import { serialFault } from './serial/serial-fault.ts';

const newline = 10;
const shownSubject = 200;
/** For the tables of a set of some thousand patterns. */
const reservedBytes = 2 ** 24;

/**
 * Patterns compiled once, to be searched for in many subjects.
 *
 * Guarantees:
 * - Each answer is that of Python's `re.search`: leftmost, by priority, with the same groups. In the dialect `javascript` it
 *   is that of `RegExp`.
 * - A line that a pattern matches is never passed over by the prefilter.
 * - Patterns that run on automata take time linear in the subject.
 * - Nothing in a subject makes a search throw.
 * - Where the backtracker gives up (`maxSteps`), it says so to `rejects`, and the other patterns go on.
 */
export class PatternSet {
  /** What became of each pattern, in the order given. */
  readonly patterns: readonly CompiledPatternInfo[];
  /** Who is told of subjects that were given up on. */
  readonly rejects: RejectSink | undefined;
  readonly #patterns: readonly CompiledPattern[];
  readonly #options: CheckedOptions;
  #plan: PrefilterPlan | undefined;
  #offers = new Map<CutPlaces, readonly LiteralOffers[]>();
  #engine: SetEngine | undefined;
  #isReserved = false;

  private constructor(
    patterns: readonly CompiledPattern[],
    options: CheckedOptions,
    rejects: RejectSink | undefined,
    plan?: PrefilterPlan,
  ) {
    this.#patterns = patterns;
    this.#options = options;
    this.rejects = rejects;
    this.#plan = plan;
    this.patterns = Object.freeze(
      patterns.map((pattern) => new PatternInfo(pattern, () => this.#readyPlan().texts[pattern.index])),
    );
  }

  /**
   * Compiles patterns.
   *
   * @throws LogMatcherError naming the pattern's index, the column and a cure; see its list of codes
   */
  static compile(patterns: readonly string[], options: PatternOptions = {}): PatternSet {
    const checked = checkOptions(options);
    const compiled = patterns.map((source, index) => compilePattern(source, index, checked));
    return new PatternSet(compiled, checked, options.rejects);
  }

  /**
   * The patterns of several sets as one, without compiling them again: those of the first set first. The options are those
   * of the first set.
   */
  static join(sets: readonly [PatternSet, ...PatternSet[]]): PatternSet {
    const options = sets[0].#options;
    const parsed = sets.flatMap((set) => set.#patterns.map((pattern) => pattern.parsed));
    const patterns = parsed.map((pattern, index) => readyPattern(pattern, index, options));
    return new PatternSet(patterns, options, sets[0].rejects);
  }

  /**
   * One pattern that matches every subject that a pattern of these sets matches, and others: a quick way to learn that none
   * of many patterns matches. It does not tell digits from digits, nor letters from letters.
   */
  static loose(sets: readonly [PatternSet, ...PatternSet[]]): PatternSet {
    const options = sets[0].#options;
    const union = unionOf(sets.flatMap((set) => set.#patterns.map(({ parsed }) => looseOf(parsed))));
    return new PatternSet([readyPattern(union, 0, options)], options, sets[0].rejects);
  }

  /**
   * The set that {@link serialize} wrote, without compiling it again.
   *
   * @param bytes trusted as patterns are: nothing tells bytes made up with care from those of a set
   * @throws LogMatcherError `ERR_LOG_MATCHER_SERIAL` when the bytes are foreign, damaged or of another version
   */
  static deserialize(bytes: Uint8Array, { rejects }: Pick<PatternOptions, 'rejects'> = {}): PatternSet {
    const { options, patterns, plans } = decodeSet(bytes);
    try {
      const checked = checkOptions(options);
      const compiled = patterns.map((parsed, index) => readyPattern(parsed, index, checked));
      return new PatternSet(compiled, checked, rejects, plans as PrefilterPlan);
    } catch (error) {
      throw serialFault('the serialised set is damaged', error);
    }
  }

  /** The set as bytes, for {@link deserialize} of the same version of this package; without `rejects` and `sample`. */
  serialize(): Uint8Array {
    const { sample: _, ...options } = this.#options;
    return encodeSet({ options, patterns: this.#patterns.map(({ parsed }) => parsed), plans: this.#readyPlan() });
  }

  /**
   * The match of the first pattern, in the order of the list, that matches.
   *
   * @param subject without its line break
   */
  match(subject: string): PatternMatch | undefined {
    return this.#searchFor(this.#patterns, subject, true)[0];
  }

  /**
   * The match of one pattern.
   *
   * @param pattern its index in the list
   * @param subject without its line break
   */
  matchOf(pattern: number, subject: string): PatternMatch | undefined {
    const compiled = this.#patterns[pattern];
    if (compiled === undefined) {
      const expected = `the index of one of the ${this.#patterns.length} patterns`;
      throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', `pattern must be ${expected}, not ${pattern}`, {
        value: pattern,
      });
    }
    return this.#searchFor([compiled], subject, true)[0];
  }

  /** One match for each pattern that matches, in the order of the list. */
  matchAll(subject: string): PatternMatch[] {
    return this.#searchFor(this.#patterns, subject, false);
  }

  /**
   * Searches whole lines. A line ends at `\n`; one `\r` before that is not part of it; a last line without a break is a
   * line too. Bytes are taken for UTF-8; an invalid sequence is U+FFFD to the patterns.
   *
   * 1. Literals that a match needs are looked for in the bytes, without regard to lines.
   * 2. A line that holds one, and every line if a pattern needs none, is cut (`scanOptions.cut`) and searched.
   * 3. `sink` is called for each match, in the order of the lines.
   *
   * @param bytes not kept, but a match and its line read from it: use these before the bytes change
   * @param sink what it throws ends the scan and is thrown on; so for `cut`
   */
  scan(bytes: Uint8Array, sink: (match: LineMatch) => void, scanOptions: ScanOptions = {}): ScanResult {
    const { cut, source } = scanOptions;
    let lines = openLines(bytes);
    let givenUp = 0;
    const onGiveUp = (pattern: number, subject: string, offset: number): void => {
      givenUp += 1;
      this.#giveUp(pattern, subject, placeIn(source, offset));
    };
    const { finalBreak, report } = this.#options;
    const set = this.#freeEngine();
    const { engine, automata } = set;
    const scanned = new ScannedBytes(bytes, engine.memory);
    const plan = { patterns: this.#patterns, engine, automata, finalBreak, report, onGiveUp };
    const run = new ScanRun(plan, scanned, sink, cut);
    const lister = set.lister(cut === undefined ? 'none' : 'any');
    eachPiece(set, bytes, scanned, (start, end, offset) => {
      lines += engine.wasm.countBreaks(start, end);
      run.lines(lister, start, end, offset);
    });
    return { lines, candidates: run.candidates, matches: run.matches, givenUp };
  }

  /**
   * Lists the lines that patterns may match, and does not search them: for who does that in another way, such as in a part of
   * the line only. A line of which a pattern matches the whole, or any part, is listed with that pattern.
   *
   * Lines and bytes are those of {@link scan}.
   *
   * @param visit called for each such line, in their order; what it throws ends the listing and is thrown on
   */
  candidates(
    bytes: Uint8Array,
    visit: (line: Candidate) => void,
    { cuts = 'none', source }: CandidatesOptions = {},
  ): CandidatesResult {
    let lines = openLines(bytes);
    let candidates = 0;
    const set = this.#freeEngine();
    const { engine } = set;
    const scanned = new ScannedBytes(bytes, engine.memory);
    const lister = set.lister(cuts);
    const { finalBreak } = this.#options;
    const onGiveUp = (pattern: number, subject: string, offset: number): void =>
      this.#giveUp(pattern, subject, placeIn(source, offset));
    const search = new LineSearch(this.#patterns, engine, set.automata, finalBreak, onGiveUp);
    eachPiece(set, bytes, scanned, (start, end, offset) => {
      lines += engine.wasm.countBreaks(start, end);
      lister.begin(start, end);
      for (let words = lister.next(); words > 0; words = lister.next()) {
        const from = engine.list >>> 2;
        const list = engine.memory.u32.slice(from, from + words);
        candidates += eachCandidate(list, scanned, search, () => engine.memory.u8, start - offset, end, visit);
      }
    });
    return { lines, candidates };
  }

  /**
   * Memory of the set's engine, to read bytes into: {@link scan} of a part of it copies nothing. The same memory each time,
   * until a larger part is asked for. Ask again before each read, since a scan may move it.
   */
  memory(byteLength: number): Uint8Array {
    const { engine } = this.#readyEngine();
    const address = engine.window(byteLength);
    // The system gives memory when it is first written to: what is reserved costs nothing, and hardly any scan moves it.
    if (!this.#isReserved) engine.memory.reserve(this.#options.maxMemoryBytes + reservedBytes);
    this.#isReserved = true;
    return engine.memory.u8.subarray(address, address + byteLength);
  }

  /** Whether each pattern needs some literal, so that not every line has to be looked at. */
  isFindable(): boolean {
    return this.#literalOffers().every((offers) => offers.length > 0);
  }

  /** What the set has done and keeps. */
  stats(): PatternSetStats {
    const backtrackerSteps = this.#patterns.reduce((sum, { steps }) => sum + steps, 0);
    return { ...statsOf(this.#engine), backtrackerSteps };
  }

  /**
   * For people: the engine of each pattern and why, the literals by which its lines are found, and what it will cost. The
   * text changes between versions.
   */
  explain(): string {
    const rows = this.#patterns.map(({ index, parsed }) => {
      const { source, engine, reason, literals, analysis } = this.patterns[index] as CompiledPatternInfo;
      const places = literals === undefined ? [] : literalPlaces(parsed, literals);
      return { source, engine, reason, literals: literals?.map((text, at) => places[at] ?? text), analysis };
    });
    return explainPatterns(rows);
  }

  #literalOffers(cuts: CutPlaces = 'any'): readonly LiteralOffers[] {
    const { prefilter } = this.#options;
    let offers = this.#offers.get(cuts);
    if (offers === undefined) {
      offers = this.#patterns.map(({ parsed }) => (prefilter ? offerLiterals(parsed.root, cuts) : []));
      this.#offers.set(cuts, offers);
    }
    return offers;
  }

  /** How lines are found: planned when it is first needed, since a set that only matches single subjects needs it not. */
  #readyPlan(): PrefilterPlan {
    this.#plan ??= planPrefilter(this.#literalOffers(), { cuts: 'none', ...sampleOf(this.#options) });
    return this.#plan;
  }

  #readyEngine(): SetEngine {
    this.#engine ??= this.#makeEngine();
    return this.#engine;
  }

  /** An engine that is not scanning: a sink may scan other bytes with the same set. */
  #freeEngine(): SetEngine {
    return this.#readyEngine().isBusy ? this.#makeEngine() : this.#readyEngine();
  }

  #makeEngine(): SetEngine {
    return new SetEngine(
      this.#patterns,
      () => this.#readyPlan(),
      (cuts) => this.#literalOffers(cuts),
      this.#options,
    );
  }

  #searchFor(patterns: readonly CompiledPattern[], subject: string, firstOnly: boolean): PatternMatch[] {
    const text = this.#options.finalBreak ? `${subject}\n` : subject;
    const { engine, automata } = this.#readyEngine();
    const matches: PatternMatch[] = [];
    const gates = patterns.length >= crowd && engine.isWarm ? automata.gateCheck(text) : undefined;
    for (const pattern of patterns) {
      if (gates?.mayMatch(pattern.index) === false) continue;
      const found = pattern.search(text, automata);
      if (found === gaveUp) this.#giveUp(pattern.index, subject, {});
      else if (found !== undefined) matches.push(patternMatch(pattern, subject, found));
      if (firstOnly && matches.length > 0) break;
    }
    return matches;
  }

  #giveUp(pattern: number, subject: string, place: { path?: string; offset?: number }): void {
    this.rejects?.next({
      component: 'log-matcher',
      code: 'ERR_LOG_MATCHER_STEPS',
      reason: `pattern ${pattern} was given up on after ${this.#options.maxSteps} steps (maxSteps)`,
      value: subject.slice(0, shownSubject),
      ...place,
    });
  }
}

/** Where a line is, for rejects. */
const placeIn = (source: ScanOptions['source'], offset: number): { path?: string; offset?: number } =>
  source === undefined ? {} : { path: source.path, offset: source.offset + offset };

/** Lines without a break. */
const openLines = (bytes: Uint8Array): number => (bytes.length > 0 && bytes[bytes.length - 1] !== newline ? 1 : 0);

const sampleOf = ({ sample }: CheckedOptions): { sample?: Uint8Array } => (sample === undefined ? {} : { sample });
