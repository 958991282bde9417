import type { FailData } from './fail-data.ts';
import type { LineReport, ReportHit } from './line-report.ts';
import type { ReportSink } from './log-reporter.ts';

/** How many lines of a kind are kept to be shown: none, as many as a summary shows, or all. */
export type Keep = 'none' | 'some' | 'all';

export interface TallyOptions {
  /** Default `none`. */
  readonly matched?: Keep;
  /** Default `some`. */
  readonly ignored?: Keep;
  /** Default `some`. */
  readonly missed?: Keep;
  /** True takes lines that no failregex matches for matched, and the others for missed. Default false. */
  readonly invert?: boolean;
  /** True keeps every hit, and what the first prefixes hold. Default false. */
  readonly hits?: boolean;
}

/** A hit as a summary lists it. */
export interface TalliedHit extends Pick<ReportHit, 'id' | 'timeMs'> {
  /** True for the third hit of a line and those behind it. */
  readonly isRepeated: boolean;
}

export interface RejectedLine {
  readonly text: string;
  readonly reason: string;
}

/** From how many lines of a kind on a summary shows none of them. */
export const shownLines = 20;

interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/** Counts what became of lines, as the summary of `fail2ban-regex` has it. */
export class ReportTally implements ReportSink {
  tested = 0;
  matched = 0;
  ignored = 0;
  missed = 0;
  prefixed = 0;
  /** Hits of each failregex. */
  readonly failHits: number[];
  /** How often each ignoreregex took a line back. */
  readonly ignoreHits: number[];
  /** The hits of each failregex, if these are kept. */
  readonly hits: TalliedHit[][];
  /** Groups of the prefregex in the first lines that it matched; one more than is shown. */
  readonly prefixes: FailData[] = [];
  /** Lines whose match counts for nobody, because its address is none. */
  readonly rejected: RejectedLine[] = [];
  rejectedCount = 0;
  readonly matchedLines: string[] = [];
  readonly ignoredLines: string[] = [];
  readonly #options: Required<TallyOptions>;
  readonly #missedLines: NumberedLine[] = [];

  /** @param failCount number of failregexes */
  constructor(failCount: number, ignoreCount: number, options: TallyOptions = {}) {
    this.failHits = new Array<number>(failCount).fill(0);
    this.ignoreHits = new Array<number>(ignoreCount).fill(0);
    this.hits = Array.from({ length: failCount }, () => []);
    this.#options = { matched: 'none', ignored: 'some', missed: 'some', hits: false, invert: false, ...options };
  }

  get wantsMissed(): boolean {
    const { invert, matched } = this.#options;
    return invert ? matched === 'all' : this.#wants('missed', this.#missedLines.length);
  }

  /** In the order of the log. */
  get missedLines(): readonly string[] {
    return [...this.#missedLines].sort((a, b) => a.line - b.line).map(({ text }) => text);
  }

  report(report: LineReport, line: number): void {
    this.tested += 1;
    const failures = this.#countHits(report);
    this.#takeConsumed(report);
    const isIgnored = report.ignored.length > 0 || report.hits.some(({ isNoFailure }) => isNoFailure);
    for (const index of report.ignored) this.ignoreHits[index] = (this.ignoreHits[index] ?? 0) + 1;
    if (isIgnored) {
      this.ignored += 1;
      if (this.#wants('ignored', this.ignoredLines.length)) this.ignoredLines.push(report.text);
      return;
    }
    this.#countLines(1, failures > 0);
    if (failures > 0 !== this.#options.invert) this.#keepMatched(report.text);
    else if (this.#wants('missed', this.#missedLines.length)) this.#missedLines.push({ line, text: report.text });
  }

  countMissed(count: number, prefixed: number): void {
    this.tested += count;
    this.prefixed += prefixed;
    this.#countLines(count, false);
  }

  missedText(text: string, line: number): void {
    if (this.#options.invert) this.#keepMatched(text);
    else this.#missedLines.push({ line, text });
  }

  #countLines(count: number, isFailure: boolean): void {
    if (isFailure === this.#options.invert) this.missed += count;
    else this.matched += count;
  }

  #keepMatched(text: string): void {
    if (this.#options.matched === 'all') this.matchedLines.push(text);
  }

  #wants(kind: 'ignored' | 'missed', count: number): boolean {
    const keep = this.#options[kind];
    return keep === 'all' || (keep === 'some' && count <= shownLines);
  }

  /** Returns how many hits are failures. */
  #countHits({ hits, prefix, text }: LineReport): number {
    let failures = 0;
    if (prefix !== undefined) {
      this.prefixed += 1;
      if (this.#options.hits && this.prefixes.length <= shownLines) this.prefixes.push(prefix);
    }
    for (const { pattern, id, timeMs, isNoFailure, rejected } of hits) {
      if (rejected !== undefined) {
        this.rejectedCount += 1;
        if (this.rejected.length < shownLines) this.rejected.push({ text, reason: rejected });
        continue;
      }
      this.failHits[pattern] = (this.failHits[pattern] ?? 0) + 1;
      if (this.#options.hits) this.hits[pattern]?.push({ id, timeMs, isRepeated: failures > 1 });
      if (!isNoFailure) failures += 1;
    }
    return failures;
  }

  /** Lines that were missed at first are matched when a later line's match uses them up. */
  #takeConsumed({ consumed }: LineReport): void {
    for (const text of consumed) {
      const index = this.#missedLines.findIndex((line) => line.text === text);
      if (index !== -1) this.#missedLines.splice(index, 1);
      this.#keepMatched(text);
      this.matched += 1;
      this.missed -= 1;
    }
  }
}
