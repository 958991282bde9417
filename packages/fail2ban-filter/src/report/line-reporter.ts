import type { UseDns } from '@sluice/fail2ban-config';
import type { CutPlaces, PatternMatch } from '@sluice/log-matcher';
import type { Clock } from '@sluice/pipeline';
import { compileParts } from '../compile-filter.ts';
import { DateDetector } from '../dates/date-detector.ts';
import { placesOfDates } from '../dates/places-of-dates.ts';
import type { RankedTemplate } from '../dates/template-ranking.ts';
import type { FilterParts } from '../filter-parts.ts';
import type { FilterSource } from '../filter-source.ts';
import { divideLines } from '../lines/divide-lines.ts';
import { type FilterOptions, resolveOptions } from '../options.ts';
import type { FilterRules } from '../rules/filter-rules.ts';
import type { CutLine, FailData } from './fail-data.ts';
import { GroupReader } from './group-reader.ts';
import { HitMaker } from './hit-maker.ts';
import type { LineReport, ReportHit } from './line-report.ts';
import { PossiblePatterns } from './possible-patterns.ts';
import { ReportDating } from './report-dating.ts';
import { textOf } from './text-of.ts';

export interface ReportOptions extends Pick<FilterOptions, 'timeZone' | 'logTimezone' | 'clock'> {
  /** What `<HOST>` may match, and what becomes of host names. Default `warn`. */
  readonly useDns?: UseDns | undefined;
  /** Default `useDns`; `raw` takes names for ids whatever `<HOST>` may match. */
  readonly names?: UseDns | undefined;
  /** Default true. False tries all failregexes on a line, also those that cannot match for want of a literal. */
  readonly prefilter?: boolean | undefined;
  /** Default true. False where only counts are wanted: hits then hold no data. */
  readonly keepsData?: boolean | undefined;
  /** Default true: every failregex is tried on a line, not only until one matches. */
  readonly tryAll?: boolean | undefined;
}

const fewLines = 50;

/** What has been found of a line so far. */
interface Finding {
  readonly hits: ReportHit[];
  readonly ignored: number[];
}

/** Groups of the prefregex, and over them those of the failregex that took part; in this order where it matters. */
function merge(prefix: FailData | undefined, own: FailData, inOrder: boolean): FailData {
  if (prefix === undefined) return own;
  if (!inOrder) {
    for (const [name, value] of prefix)
      if (name !== 'content' && value !== null && (own.get(name) ?? null) === null) own.set(name, value);
    return own;
  }
  const data = new Map(prefix);
  data.delete('content');
  for (const [name, value] of own) if (value !== null || !data.has(name)) data.set(name, value);
  return data;
}

/**
 * Says of each line what every regex of a filter makes of it: what `fail2ban-regex` counts. A filter itself says only
 * which lines are failures.
 *
 * It keeps state between lines, as a filter does: dates, sessions, the window of `maxlines`.
 */
export class LineReporter {
  /** The regexes, compiled. */
  readonly rules: FilterRules;
  readonly maxLines: number;
  readonly dating: ReportDating;
  readonly #parts: FilterParts;
  readonly #options: ReportOptions;
  readonly #clock: Clock;
  readonly #tryAll: boolean;
  readonly #maker: HitMaker;
  readonly #failReaders: readonly GroupReader[];
  readonly #prefReader: GroupReader | undefined;
  #possible: PossiblePatterns | undefined;
  #asked = 0;
  #buffer: readonly CutLine[] = [];
  /** Of the last line for which the prefregex was asked: fail2ban counts it again for a line that is ignored before. */
  #prefix: FailData | undefined;

  private constructor(parts: FilterParts, options: ReportOptions) {
    const { rules, templates, maxLines, settings } = parts;
    this.rules = rules;
    this.maxLines = maxLines;
    this.dating = new ReportDating(new DateDetector(templates, settings.zone), options.keepsData ?? true);
    this.#parts = parts;
    this.#options = options;
    this.#clock = settings.clock;
    this.#tryAll = options.tryAll ?? true;
    const needsAll = options.keepsData ?? true;
    this.#maker = new HitMaker(options.names ?? settings.useDns, needsAll);
    this.#failReaders = rules.fail.patterns.map((_, index) => new GroupReader(rules.fail, index, needsAll));
    this.#prefReader = rules.pref && new GroupReader(rules.pref, 0, needsAll);
  }

  /** Compiles a filter. Throws what `compileFilter` throws. */
  static of(source: FilterSource, options: ReportOptions = {}): LineReporter {
    const { useDns = 'warn', timeZone, logTimezone, clock } = options;
    const settings = resolveOptions({ useDns, timeZone, logTimezone, clock }, undefined);
    return new LineReporter(compileParts(source, settings), options);
  }

  /** Where dates may be cut out of lines. */
  get cutPlaces(): CutPlaces {
    return placesOfDates(this.#parts.templates);
  }

  /** One for the same filter that has read nothing yet. */
  fresh(): LineReporter {
    return new LineReporter(this.#parts, this.#options);
  }

  /** The date templates with their hits, in the order in which they are tried now. */
  get dateTemplates(): readonly RankedTemplate[] {
    return this.dating.detector.ranked;
  }

  /**
   * Reads a line.
   *
   * @param text without its line break
   * @param timeMs of a line that carries none, such as a journal entry: no date is searched, nothing is cut
   * @param possible the failregexes that may match, ascending, where that is known; not asked with several lines in a window
   */
  read(text: string, timeMs?: number, possible?: readonly number[]): LineReport {
    const nowMs = this.#clock.nowMs();
    const date = timeMs === undefined ? this.dating.look(text, nowMs) : undefined;
    const cut: CutLine = date?.cut ?? ['', '', text];
    const time = date === undefined ? timeMs : date.timeMs;
    const finding: Finding = { hits: [], ignored: [] };
    const before = this.#buffer;
    if (this.maxLines > 1) this.#readWindow(cut, time, finding);
    else this.#readLine(cut, time, finding, possible);
    const isWhole = (): boolean => {
      const template = date?.found?.template;
      const reading = template?.match(text)?.read();
      if (reading?.kind === 'instant') return template?.name.endsWith('TAI64N') === true;
      if (reading?.kind !== 'fields') return false;
      return reading.fields.zone !== undefined || this.#options.logTimezone !== undefined;
    };
    return { text, ...finding, prefix: this.#prefix, consumed: this.#consumed(before), isWhole };
  }

  /** Reads a line that no failregex or ignoreregex matches. */
  readMiss(text: string): FailData | undefined {
    const [before, , after] = this.dating.look(text, this.#clock.nowMs()).cut;
    return this.#readPrefix(before + after);
  }

  /**
   * Counts lines that no failregex or ignoreregex matches, dated in the way of the last one.
   *
   * @param lastLine asked for the last of them, should its date be needed
   * @param prefixed whether the prefregex matches them
   */
  passOver(count: number, lastLine: () => string, prefixed: boolean): void {
    this.dating.passOver(count, lastLine, this.#clock.nowMs());
    this.#prefix = prefixed ? (this.#prefix ?? new Map()) : undefined;
  }

  #readPrefix(text: string): FailData | undefined {
    const match = this.rules.pref?.match(text);
    this.#prefix = match && this.#prefReader?.read(match);
    return this.#prefix;
  }

  #readLine(cut: CutLine, timeMs: number | undefined, finding: Finding, possible?: readonly number[]): void {
    const { pref, ignoreFirst } = this.rules;
    const whole = textOf([cut]);
    if (ignoreFirst && this.#isIgnored(whole, finding)) return;
    if (pref !== undefined && this.#readPrefix(whole) === undefined) return;
    const prefix = this.#prefix;
    const content = prefix?.get('content');
    const subject = typeof content === 'string' && content !== '' ? content : whole;
    for (const match of this.#matches(subject, possible)) {
      if (this.#isIgnored(subject, finding)) {
        if (!this.#tryAll) return;
        continue;
      }
      this.#add(match, prefix, [cut], timeMs, finding);
    }
  }

  #matches(subject: string, possible?: readonly number[]): readonly PatternMatch[] {
    const { fail } = this.rules;
    const matches: PatternMatch[] = [];
    for (const pattern of possible ?? this.#possiblePatterns().in(subject)) {
      const match = fail.matchOf(pattern, subject);
      if (match === undefined) continue;
      matches.push(match);
      if (!this.#tryAll) break;
    }
    return matches;
  }

  /** Literals take time to choose: for a few lines all patterns are tried. */
  #possiblePatterns(): PossiblePatterns {
    this.#asked += 1;
    const isWorthIt = this.#asked > fewLines && (this.#options.prefilter ?? true);
    if (this.#possible === undefined || isWorthIt !== this.#possible.isChosen)
      this.#possible = new PossiblePatterns(this.rules.fail, isWorthIt);
    return this.#possible;
  }

  /** The same over the last `maxLines` lines; what a match used up is taken out before the next regex is tried. */
  #readWindow(cut: CutLine, timeMs: number | undefined, finding: Finding): void {
    const { fail, ignoreFirst } = this.rules;
    const lines = [...this.#buffer, cut].slice(-this.maxLines);
    this.#buffer = lines;
    if (ignoreFirst && this.#isIgnored(textOf(lines), finding)) return;
    for (let pattern = 0; pattern < fail.patterns.length; pattern += 1) {
      if (this.#buffer.length === 0) return;
      const match = fail.matchOf(pattern, textOf(this.#buffer));
      if (match === undefined) continue;
      const { matched, unmatched } = divideLines(lines, match, (line) => textOf([line]));
      this.#buffer = unmatched;
      if (this.#isIgnored(textOf(matched), finding)) {
        if (!this.#tryAll) return;
        continue;
      }
      this.#add(match, undefined, matched, timeMs, finding);
      if (!this.#tryAll) return;
    }
  }

  #isIgnored(subject: string, { ignored }: Finding): boolean {
    const { ignore } = this.rules;
    if (ignore === undefined) return false;
    const match = this.#tryAll ? undefined : ignore.match(subject);
    const found = this.#tryAll ? ignore.matchAll(subject) : match === undefined ? [] : [match];
    ignored.push(...found.map(({ pattern }) => pattern));
    return found.length > 0;
  }

  #add(
    match: PatternMatch,
    prefix: FailData | undefined,
    lines: readonly CutLine[],
    timeMs: number | undefined,
    { hits }: Finding,
  ): void {
    const own = this.#failReaders[match.pattern]?.read(match) ?? new Map();
    const hit = this.#maker.make({
      pattern: match.pattern,
      data: merge(prefix, own, this.#options.keepsData ?? true),
      lines,
      timeMs,
    });
    if (hit === undefined) return;
    // Where one regex is enough fail2ban does not tell of a line that only adds to its session.
    if (this.#tryAll || !hit.isNoFailure || !hit.isOfSession) hits.push(hit);
  }

  /** Lines of the window that this line's match used up. */
  #consumed(before: readonly CutLine[]): readonly string[] {
    if (this.maxLines === 1) return [];
    const kept = new Set(this.#buffer.map((line) => line.join('\0')));
    const from = before.length >= this.maxLines ? 1 : 0;
    return before
      .slice(from)
      .filter((line) => !kept.has(line.join('\0')))
      .map((line) => line.join(''));
  }
}
