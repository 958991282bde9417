import type { Candidate } from '@sluice/log-matcher';
import type { LineReport } from './line-report.ts';
import type { LineReporter } from './line-reporter.ts';
import { type ReportGate, reportGate } from './report-gate.ts';

/** Who is told what became of the lines. */
export interface ReportSink {
  /**
   * A line that a regex may have matched.
   *
   * @param line its number among the lines tested
   */
  report(report: LineReport, line: number): void;
  /**
   * Lines that no failregex or ignoreregex matches.
   *
   * @param prefixed how many of them the prefregex matches
   */
  countMissed(count: number, prefixed: number): void;
  /** The text of a line that was missed, called before {@link countMissed}, as long as {@link wantsMissed}. */
  missedText(text: string, line: number): void;
  readonly wantsMissed: boolean;
}

export interface LogReporterOptions {
  /** False looks at every line closely. Default true: the result is the same, and sooner there. */
  readonly prefilter?: boolean;
  /** Makes a text with a character for each byte, the same for those of ASCII. Default a `TextDecoder`; Node's Buffer is quicker. */
  readonly byByte?: (bytes: Uint8Array) => string;
}

const lineFeed = '\n';
const carriageReturn = 0x0d;
const hash = 0x23;

const latin1 = new TextDecoder('latin1');
const byUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reports on whole lines of a log, as `fail2ban-regex` reads them: a line that is empty or begins with `#` is left out.
 *
 * Lines that no regex can match are only counted, with their dates where these are written as before.
 */
export class LogReporter {
  readonly #reporter: LineReporter;
  readonly #sink: ReportSink;
  readonly #gate: ReportGate | undefined;
  readonly #byByte: (bytes: Uint8Array) => string;
  #lines = 0;

  constructor(
    reporter: LineReporter,
    sink: ReportSink,
    { prefilter = true, byByte = (bytes) => latin1.decode(bytes) }: LogReporterOptions = {},
  ) {
    this.#reporter = reporter;
    this.#sink = sink;
    this.#byByte = byByte;
    this.#gate = prefilter && reporter.maxLines === 1 ? reportGate(reporter.rules) : undefined;
  }

  /** Lines tested so far. */
  get lines(): number {
    return this.#lines;
  }

  /** @param bytes whole lines in UTF-8, each with its break */
  process(bytes: Uint8Array): void {
    const text = this.#byByte(bytes);
    let at = 0;
    const take = (line: Candidate): void => {
      const { offset, length } = line;
      this.#passOver(bytes, text, at, offset);
      this.#read(bytes, offset, offset + length, this.#failRegexes(line));
      const next = text.indexOf(lineFeed, offset + length);
      at = next === -1 ? bytes.length : next + 1;
    };
    this.#gate?.set.candidates(bytes, take, { cuts: this.#reporter.cutPlaces });
    if (this.#gate !== undefined) this.#passOver(bytes, text, at, bytes.length);
    else
      for (let end = 0; at < bytes.length; at = end + 1) {
        end = text.indexOf(lineFeed, at);
        if (end === -1) end = bytes.length;
        this.#read(bytes, at, end);
      }
  }

  /** The failregexes that may match a line; undefined where that is not known. */
  #failRegexes(line: Candidate): readonly number[] | undefined {
    const count = this.#gate?.failCount ?? 0;
    if (count === 0) return undefined;
    const indices: number[] = [];
    for (let i = 0; i < line.patternCount; i += 1) {
      const index = line.patternAt(i);
      if (index < count) indices.push(index);
    }
    return indices;
  }

  #read(bytes: Uint8Array, start: number, end: number, possible?: readonly number[]): void {
    const textEnd = trimmed(bytes, start, end);
    if (textEnd === start || bytes[start] === hash) return;
    this.#lines += 1;
    const text = byUtf8.decode(bytes.subarray(start, textEnd));
    this.#sink.report(this.#reporter.read(text, undefined, possible), this.#lines);
  }

  /** Counts lines that the gate did not let through. */
  #passOver(bytes: Uint8Array, text: string, from: number, to: number): void {
    if (from >= to) return;
    const sink = this.#sink;
    const prefixesAll = this.#gate?.prefixesAll === true;
    let dated = 0;
    let missed = 0;
    let prefixed = 0;
    let [lastStart, lastEnd] = [0, 0];
    let glance = this.#reporter.dating.glanceAhead();
    const settle = (): void => {
      if (dated === 0) return;
      const [start, end] = [lastStart, lastEnd];
      this.#reporter.passOver(dated, () => byUtf8.decode(bytes.slice(start, end)), prefixesAll);
      dated = 0;
    };
    for (let start = from; start < to; ) {
      const found = text.indexOf(lineFeed, start);
      const lineEnd = found === -1 ? to : found;
      const end = bytes[lineEnd - 1] === carriageReturn ? trimmed(bytes, start, lineEnd) : lineEnd;
      if (end > start && text.charCodeAt(start) !== hash) {
        this.#lines += 1;
        missed += 1;
        const over = glance?.endOf(text, start, end) ?? -1;
        if (over !== -1 && over < end) {
          dated += 1;
          lastStart = start;
          lastEnd = end;
          if (prefixesAll) prefixed += 1;
          if (sink.wantsMissed) sink.missedText(byUtf8.decode(bytes.subarray(start, end)), this.#lines);
        } else {
          settle();
          const line = byUtf8.decode(bytes.subarray(start, end));
          if (this.#reporter.readMiss(line)) prefixed += 1;
          if (sink.wantsMissed) sink.missedText(line, this.#lines);
          glance = this.#reporter.dating.glanceAhead();
        }
      }
      start = lineEnd + 1;
    }
    settle();
    if (missed > 0) sink.countMissed(missed, prefixed);
  }
}

/** Where a line is over without the `\r`s at its end. */
function trimmed(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] === carriageReturn) at -= 1;
  return at;
}
