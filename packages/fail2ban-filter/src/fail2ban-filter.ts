import type { CandidateLine, PatternMatch } from '@sluice/log-matcher';
import type { Chunk, Failure } from '@sluice/pipeline';
import { DateDetector } from './dates/date-detector.ts';
import type { DateTemplate } from './dates/date-template.ts';
import { eachLine } from './lines/each-line.ts';
import { FailureMaker } from './lines/failure-maker.ts';
import type { Line } from './lines/line.ts';
import { type Dating, LineDating } from './lines/line-dating.ts';
import { LineWindow } from './lines/line-window.ts';
import { type FilterCounts, filterMetrics, noCounts } from './metrics.ts';
import type { FilterSettings } from './options.ts';
import type { FilterRules, RuleHit } from './rules/filter-rules.ts';

/** What {@link Fail2banFilter.process} needs of a chunk. A chunk without `ending` ends with a whole line. */
export type FilterChunk = Pick<Chunk, 'source' | 'bytes' | 'offset' | 'live'> & Partial<Pick<Chunk, 'ending'>>;

/** What {@link Fail2banFilter.processLine} is told besides the line. */
export interface LineOptions {
  /** Time of a line that carries none, such as a journal entry: no date is searched, nothing is cut. */
  readonly timeMs?: number;
  /** Default false: nothing is known of when the line was written. */
  readonly live?: boolean;
  /** Default `<line>`. */
  readonly path?: string;
  /** Default 0. */
  readonly offset?: number;
}

/** What a filter is made of. */
export interface FilterParts {
  readonly name: string;
  readonly rules: FilterRules;
  readonly templates: readonly DateTemplate[];
  readonly maxLines: number;
  readonly settings: FilterSettings;
}

const lineFeed = 0x0a;

const given = (timeMs: number): Dating => ({ date: undefined, cutStart: 0, cutEnd: 0, timeMs, undated: false });

const cutOut = (text: string, { cutStart, cutEnd }: Dating): string =>
  cutStart === cutEnd ? text : text.slice(0, cutStart) + text.slice(cutEnd);

function lineOf(chunk: FilterChunk, start: number, text: string, nowMs: number): Line {
  const { source, bytes, offset, live, ending } = chunk;
  const truncated = ending === 'cut' && bytes.indexOf(lineFeed, start) === -1;
  return { text, offset: offset + start, path: source.path, sourceId: source.id, live, truncated, nowMs };
}

/**
 * A compiled filter: log lines in, failures out. Make one with {@link compileFilter}.
 *
 * It keeps state between lines (the way dates were written, sessions, the window of `maxlines`), so each jail has its
 * own. Nothing that a line holds makes it throw; all state is bounded.
 */
export class Fail2banFilter {
  readonly name: string;
  /** The failregexes as Python regexes, tags expanded, in the order they are tried. */
  readonly expandedPatterns: readonly string[];
  readonly #rules: FilterRules;
  readonly #settings: FilterSettings;
  readonly #dating: LineDating;
  readonly #window: LineWindow | undefined;
  readonly #counts: FilterCounts = noCounts();
  readonly #maker: FailureMaker;

  constructor({ name, rules, templates, maxLines, settings }: FilterParts) {
    this.name = name;
    this.expandedPatterns = rules.fail.patterns.map(({ source }) => source);
    this.#rules = rules;
    this.#settings = settings;
    this.#dating = new LineDating(new DateDetector(templates, settings.zone));
    this.#window = maxLines > 1 ? new LineWindow(rules, maxLines) : undefined;
    this.#maker = new FailureMaker(name, settings, this.#counts);
  }

  /**
   * Finds the failures in whole lines, and calls `emit` for each, in line order, before it returns.
   *
   * However a log is divided into chunks, the failures are the same (as long as the clock says the same). A match that
   * cannot be counted goes to `rejects`; an exception of `emit` passes through.
   */
  process(chunk: FilterChunk, emit: (failure: Failure) => void): void {
    this.#counts.bytes += chunk.bytes.length;
    try {
      if (this.#window === undefined && this.#settings.prefilter) this.#scan(chunk, emit);
      else this.#readAll(chunk, emit);
    } finally {
      this.#publish();
    }
  }

  /**
   * Asks the filter about one line, for tests and tools. Unlike {@link process} it always searches the line's date and
   * learns from it.
   *
   * @param text without its line break
   * @returns the failure that the line is or completes
   */
  processLine(text: string, options: LineOptions = {}): Failure | undefined {
    const { live = false, path = '<line>', offset = 0 } = options;
    const nowMs = this.#settings.clock.nowMs();
    const line: Line = { text, offset, path, sourceId: path, live, truncated: false, nowMs };
    this.#counts.lines += 1;
    this.#counts.candidates += 1;
    try {
      return this.#search(line, 'all', options.timeMs);
    } finally {
      this.#publish();
    }
  }

  /** Searches only lines that can match. Such a line's date teaches only if the line does match. */
  #scan(chunk: FilterChunk, emit: (failure: Failure) => void): void {
    const nowMs = this.#settings.clock.nowMs();
    const pass = (failure: Failure | undefined): void => {
      if (failure !== undefined) emit(failure);
    };
    let looked: { readonly offset: number; readonly dating: Dating } | undefined;
    const look = ({ offset, text }: CandidateLine): Dating => {
      if (looked?.offset !== offset) looked = { offset, dating: this.#dating.look(text, nowMs) };
      return looked.dating;
    };
    const { lines, candidates } = this.#rules.gate.scan(
      chunk.bytes,
      (match) => {
        const { offset, text } = match.line;
        pass(this.#conclude(match, lineOf(chunk, offset, text, nowMs), look(match.line)));
      },
      {
        cut: (candidate) => {
          const { offset, text } = candidate;
          if (text.endsWith('\r')) {
            pass(this.#search(lineOf(chunk, offset, text.replace(/\r+$/, ''), nowMs), 'matches'));
            return false;
          }
          const { cutStart: start, cutEnd: end } = look(candidate);
          return start === end ? undefined : { start, end };
        },
        source: { path: chunk.source.path, offset: chunk.offset },
      },
    );
    this.#counts.lines += lines;
    this.#counts.candidates += candidates;
  }

  /** Searches every line, and learns from every date. */
  #readAll(chunk: FilterChunk, emit: (failure: Failure) => void): void {
    const nowMs = this.#settings.clock.nowMs();
    eachLine(chunk.bytes, (text, offset) => {
      this.#counts.lines += 1;
      this.#counts.candidates += 1;
      const failure = this.#search(lineOf(chunk, offset, text, nowMs), 'all');
      if (failure !== undefined) emit(failure);
    });
  }

  /** @param teaching which dates are learnt from: of all lines, or of those that match */
  #search(line: Line, teaching: 'all' | 'matches', timeMs?: number): Failure | undefined {
    const dating = timeMs === undefined ? this.#dating.look(line.text, line.nowMs) : given(timeMs);
    if (teaching === 'all') this.#dating.learn(line.text, dating, line.nowMs);
    const text = cutOut(line.text, dating);
    if (this.#window !== undefined) return this.#make(this.#window.add(text), line, dating);
    const match = this.#rules.gate.match(text);
    if (match === undefined) return undefined;
    return teaching === 'all'
      ? this.#make(this.#rules.decide(match), line, dating)
      : this.#conclude(match, line, dating);
  }

  #conclude(match: PatternMatch, line: Line, dating: Dating): Failure | undefined {
    this.#dating.learn(line.text, dating, line.nowMs);
    return this.#make(this.#rules.decide(match), line, dating);
  }

  #make(hit: RuleHit | 'ignored' | undefined, line: Line, dating: Dating): Failure | undefined {
    if (hit === 'ignored') this.#counts.ignored += 1;
    return hit === undefined || hit === 'ignored' ? undefined : this.#maker.make(hit, line, dating);
  }

  #publish(): void {
    const { metrics } = this.#settings;
    for (const [key, name] of Object.entries(filterMetrics) as [keyof FilterCounts, string][]) {
      if (this.#counts[key] > 0) metrics?.add(name, this.#counts[key]);
      this.#counts[key] = 0;
    }
  }
}
