import type { CompiledPattern } from '../compiled-pattern.ts';
import type { Automaton } from '../dfa/automaton.ts';
import { type Found, gaveUp } from '../found.ts';
import { LogMatcherError } from '../log-matcher-error.ts';
import type { ScanOptions, Span } from '../options.ts';
import { type LineMatch, lineMatch } from '../pattern-match.ts';
import { slotCount } from '../slot-count.ts';
import type { DfaSearch } from './dfa-search.ts';
import { type Engine, positionCapacity } from './engine.ts';
import { Answer, Stopped } from './engine-exports.ts';
import { crowd, GateCheck } from './gate-check.ts';
import type { PlanLister } from './plan-lister.ts';
import { headerWords, RecordMatch } from './record-match.ts';
import { type ScannedBytes, ScannedLine } from './scanned-bytes.ts';
import { OffsetsFound, offsetsOfSlots } from './slots-found.ts';

const carriageReturn = 13;

/** What a scan needs to know of its set. */
export interface ScanPlan {
  readonly patterns: readonly CompiledPattern[];
  readonly engine: Engine;
  readonly automata: DfaSearch;
  readonly finalBreak: boolean;
  readonly report: 'first' | 'all';
  readonly onGiveUp: (pattern: number, subject: string, offset: number) => void;
}

/** A line as it is searched. */
interface Subject {
  readonly line: ScannedLine;
  /** Without what is cut out. */
  readonly subject: string;
  /** The subject with the final break, if the set has one. */
  readonly text: string;
}

/** Runs patterns on the lines of some bytes, and counts. */
export class ScanRun {
  /** Lines on which patterns were tried. */
  candidates = 0;
  matches = 0;
  readonly #plan: ScanPlan;
  readonly #bytes: ScannedBytes;
  readonly #sink: (match: LineMatch) => void;
  readonly #cut: ScanOptions['cut'];
  readonly #searchAgain = (pattern: number, subject: string): Found =>
    this.#search(pattern, this.#withBreak(subject)) as Found;
  /** Address of the byte at offset 0. */
  #base = 0;

  constructor(plan: ScanPlan, bytes: ScannedBytes, sink: (match: LineMatch) => void, cut: ScanOptions['cut']) {
    this.#plan = plan;
    this.#bytes = bytes;
    this.#sink = sink;
    this.#cut = cut;
  }

  /**
   * Searches whole lines.
   *
   * @param start address of the first
   * @param end address behind the last
   * @param offset of the byte at `start`
   */
  lines(lister: PlanLister, start: number, end: number, offset: number): void {
    this.#base = start - offset;
    lister.begin(start, end);
    for (let words = lister.next(); words > 0; words = lister.next()) {
      const { list } = this.#plan.engine;
      const to = list + 4 * words;
      if (this.#cut === undefined) this.#plainLines(list, to, end);
      else for (let at = list; at < to; ) at = this.#line(at, end, this.#cut);
    }
  }

  #plainLines(list: number, to: number, end: number): void {
    const { wasm } = this.#plan.engine;
    const before = wasm.linesTried.value;
    for (let at = list; at < to; ) {
      at = wasm.matchLines(at, to, end);
      const stopped = wasm.stopped.value;
      this.#deliver();
      if (stopped === Stopped.forCaller) at = this.#line(at, end);
    }
    this.candidates += (wasm.linesTried.value - before) >>> 0;
  }

  /** Gives away the matches that WebAssembly recorded. */
  #deliver(): void {
    const { engine, patterns } = this.#plan;
    const { wasm, memory } = engine;
    const records = memory.u32.slice(engine.records >>> 2, wasm.recordTop.value >>> 2);
    wasm.clearRecords();
    const source = { bytes: this.#bytes, searchAgain: this.#searchAgain };
    for (let at = 0; at < records.length; ) {
      const pattern = patterns[records[at] as number] as CompiledPattern;
      const offset = (records[at + 1] as number) - this.#base;
      this.matches += 1;
      if (records[at + 3] === 0) this.#sink(new RecordMatch(pattern, records, at, offset, source));
      else this.#deliverAgain(pattern, offset, (records[at + 2] as number) - (records[at + 1] as number));
      at += headerWords + slotCount(pattern);
    }
  }

  /** A match on a line beyond ASCII: found again in its text, where offsets are those of the text. */
  #deliverAgain(pattern: CompiledPattern, offset: number, length: number): void {
    const line = new ScannedLine(offset, length, this.#bytes);
    this.#sink(lineMatch(pattern, line.text, this.#searchAgain(pattern.index, line.text), line));
  }

  /** @param text with the final break, if the set has one */
  #search(index: number, text: string): Found | undefined | typeof gaveUp {
    const { patterns, automata } = this.#plan;
    return (patterns[index] as CompiledPattern).search(text, automata);
  }

  #withBreak(subject: string): string {
    return this.#plan.finalBreak ? `${subject}\n` : subject;
  }

  #subjectOf(line: ScannedLine, span: Span | undefined): Subject {
    const subject = span === undefined ? line.text : line.text.slice(0, span.start) + line.text.slice(span.end);
    return { line, subject, text: this.#withBreak(subject) };
  }

  /**
   * Searches one line of a list here: it is to be cut, or a pattern or the line is not for automata.
   *
   * @returns address of the next line in the list
   */
  #line(at: number, inputEnd: number, cut?: NonNullable<ScanOptions['cut']>): number {
    const { memory } = this.#plan.engine;
    const { u8, u32 } = memory;
    const start = u32[at >>> 2] as number;
    const breakAt = u32[(at >>> 2) + 1] as number;
    const first = (at >>> 2) + 3;
    const next = first + (u32[first - 1] as number);
    const hasReturn = breakAt > start && breakAt < inputEnd && u8[breakAt - 1] === carriageReturn;
    const end = hasReturn ? breakAt - 1 : breakAt;
    this.candidates += 1;
    const patterns = Array.from(u32.subarray(first, next));
    const line = new ScannedLine(start - this.#base, end - start, this.#bytes);
    const span = cut === undefined ? undefined : checkedSpan(cut(line), line);
    if (span !== false) {
      const fits = end - start < positionCapacity - 2;
      if (fits && this.#plan.engine.wasm.isAscii(start, end) !== 0) this.#searchBytes(line, start, span, patterns);
      else this.#searchText(line, span, patterns);
    }
    return next << 2;
  }

  /** A line of ASCII: automata search it where it is, around what is cut out. */
  #searchBytes(line: ScannedLine, start: number, span: Span | undefined, patterns: readonly number[]): void {
    const { engine, report } = this.#plan;
    const { wasm, memory, slots } = engine;
    const end = start + line.length;
    const cutStart = span === undefined ? end : start + span.start;
    const cutEnd = span === undefined ? end : start + span.end;
    const passes = ({ descriptor }: Automaton): boolean =>
      wasm.search(descriptor, start, cutStart, cutEnd, end, slots, 0) !== Answer.none;
    const gates = patterns.length >= crowd ? new GateCheck(engine, passes) : undefined;
    let whole: Subject | undefined;
    for (const index of patterns) {
      if (gates?.mayMatch(index) === false) continue;
      const pattern = this.#plan.patterns[index] as CompiledPattern;
      const answer =
        pattern.reason === undefined
          ? wasm.search(engine.descriptorOf(index), start, cutStart, cutEnd, end, slots, 0)
          : Answer.tooLong;
      if (answer === Answer.none) continue;
      whole ??= this.#subjectOf(line, span);
      if (answer === Answer.tooLong) {
        if (this.#tryText(pattern, whole) && report === 'first') return;
        continue;
      }
      this.matches += 1;
      const { subject, text } = whole;
      const words = memory.u32.subarray(slots >>> 2, (slots >>> 2) + engine.slotCountOf(index));
      const found = new OffsetsFound(text, offsetsOfSlots(words, text, text.length), {
        settled: pattern.settled,
        searchAgain: () => this.#search(index, text) as Found,
      });
      this.#sink(lineMatch(pattern, subject, found, line));
      if (report === 'first') return;
    }
  }

  #searchText(line: ScannedLine, span: Span | undefined, patterns: readonly number[]): void {
    const whole = this.#subjectOf(line, span);
    const gates = patterns.length >= crowd ? this.#plan.automata.gateCheck(whole.text) : undefined;
    for (const index of patterns) {
      if (gates?.mayMatch(index) === false) continue;
      const pattern = this.#plan.patterns[index] as CompiledPattern;
      if (this.#tryText(pattern, whole) && this.#plan.report === 'first') return;
    }
  }

  #tryText(pattern: CompiledPattern, { line, subject, text }: Subject): boolean {
    const found = pattern.search(text, this.#plan.automata);
    if (found === undefined) return false;
    if (found === gaveUp) {
      this.#plan.onGiveUp(pattern.index, subject, line.offset);
      return false;
    }
    this.matches += 1;
    this.#sink(lineMatch(pattern, subject, found, line));
    return true;
  }
}

function checkedSpan(span: Span | undefined | false, line: ScannedLine): Span | undefined | false {
  if (span === undefined || span === false) return span;
  const { start, end } = span;
  if (start >= 0 && start <= end && end <= line.text.length) return span;
  const fault = `cut must give a span inside the line's ${line.text.length} characters, not ${start} to ${end}`;
  throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', fault, { value: span });
}
