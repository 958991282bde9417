import type { CompiledPattern } from './compiled-pattern.ts';
import { gaveUp } from './engine.ts';
import { utf8Decoder } from './kernel.ts';
import { LogMatcherError } from './log-matcher-error.ts';
import type { CandidateLine, ScanOptions } from './options.ts';
import { type LineMatch, lineMatch } from './pattern-match.ts';

const carriageReturn = 13;

type Decode = (start: number, end: number) => string;

class ScannedLine implements CandidateLine {
  readonly offset: number;
  readonly length: number;
  readonly #decode: Decode;
  #text: string | undefined;

  constructor(offset: number, length: number, decode: Decode) {
    this.offset = offset;
    this.length = length;
    this.#decode = decode;
  }

  get text(): string {
    this.#text ??= this.#decode(this.offset, this.offset + this.length);
    return this.#text;
  }
}

/** What a scan needs to know of its set. */
export interface ScanPlan {
  readonly patterns: readonly CompiledPattern[];
  readonly finalBreak: boolean;
  readonly report: 'first' | 'all';
  /** For each pattern, texts of which a subject must hold one before the pattern is worth trying; or undefined. */
  readonly needed: readonly (readonly string[] | undefined)[];
  readonly onGiveUp: (pattern: number, subject: string, offset: number) => void;
}

/** Runs patterns on single lines of some bytes, and counts. */
export class LineScanner {
  candidates = 0;
  matches = 0;
  readonly #plan: ScanPlan;
  readonly #bytes: Uint8Array;
  readonly #decode: Decode;
  readonly #sink: (match: LineMatch) => void;
  readonly #cut: ScanOptions['cut'];

  constructor(plan: ScanPlan, bytes: Uint8Array, sink: (match: LineMatch) => void, cut: ScanOptions['cut']) {
    this.#plan = plan;
    this.#bytes = bytes;
    this.#decode = utf8Decoder(bytes);
    this.#sink = sink;
    this.#cut = cut;
  }

  /**
   * Tries patterns on one line.
   *
   * @param breakAt offset of the line's `\n`, or the end of the bytes
   * @param patterns ascending
   */
  line(start: number, breakAt: number, patterns: readonly number[]): void {
    this.candidates += 1;
    const hasReturn = breakAt > start && breakAt < this.#bytes.length && this.#bytes[breakAt - 1] === carriageReturn;
    const line = new ScannedLine(start, breakAt - start - (hasReturn ? 1 : 0), this.#decode);
    const subject = this.#subjectOf(line);
    if (subject === undefined) return;
    this.#search(line, subject, patterns);
  }

  /** The line's text without what is cut out; undefined when the line is to be skipped. */
  #subjectOf(line: CandidateLine): string | undefined {
    const span = this.#cut?.(line);
    if (span === false) return undefined;
    if (span === undefined) return line.text;
    const { start, end } = span;
    if (!(start >= 0 && start <= end && end <= line.text.length)) {
      const fault = `cut must give a span inside the line's ${line.text.length} characters, not ${start} to ${end}`;
      throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', fault, { value: span });
    }
    return line.text.slice(0, start) + line.text.slice(end);
  }

  #search(line: CandidateLine, subject: string, patterns: readonly number[]): void {
    const { finalBreak, report } = this.#plan;
    const text = finalBreak ? `${subject}\n` : subject;
    // One unit for each byte and none that stands for an invalid one: all bytes are ASCII.
    const isAscii = line.text.length === line.length && !line.text.includes('\ufffd');
    for (const index of patterns) {
      if (this.#lacksLiteral(index, subject)) continue;
      const pattern = this.#plan.patterns[index] as CompiledPattern;
      const found = pattern.engine.search(text, isAscii);
      if (found === undefined) continue;
      if (found === gaveUp) {
        this.#plan.onGiveUp(index, subject, line.offset);
        continue;
      }
      this.matches += 1;
      this.#sink(lineMatch(pattern, subject, found, line));
      if (report === 'first') return;
    }
  }

  /** After a cut the prefilter knows only that the line may hold a literal. */
  #lacksLiteral(pattern: number, subject: string): boolean {
    if (this.#cut === undefined) return false;
    const needed = this.#plan.needed[pattern];
    return needed !== undefined && !needed.some((text) => subject.includes(text));
  }
}
