import type { ScanOptions } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';
import { LineChunks, type LineRange } from './line-chunks.ts';
import type { LogFile } from './log-file.ts';
import type { ScanFileResult, ScanSettings } from './options.ts';
import { RebasedLine } from './rebased-line.ts';
import type { ScannableSet } from './scannable-set.ts';

/**
 * Takes a match as the scan of a chunk gives it.
 *
 * @param base offset of the chunk in the file
 */
export type OnMatch = (match: LineMatch, base: number) => void;

/** Scans a range of a file chunk by chunk, and counts. */
export class RangeScan {
  readonly #set: ScannableSet;
  readonly #path: string;
  readonly #onMatch: OnMatch;
  readonly #cut: ScanOptions['cut'];
  readonly #chunks: LineChunks;
  #lines = 0;
  #candidates = 0;
  #matches = 0;
  #givenUp = 0;

  constructor(
    set: ScannableSet,
    file: LogFile,
    range: LineRange,
    settings: ScanSettings,
    onMatch: OnMatch,
    cut?: ScanOptions['cut'],
  ) {
    this.#set = set;
    this.#path = file.path;
    this.#onMatch = onMatch;
    this.#cut = cut;
    const memory = (byteLength: number): Uint8Array => set.memory?.(byteLength) ?? new Uint8Array(byteLength);
    this.#chunks = new LineChunks(file, range, settings, memory);
  }

  get result(): ScanFileResult {
    const { bytes, cutLines } = this.#chunks;
    return {
      lines: this.#lines,
      candidates: this.#candidates,
      matches: this.#matches,
      givenUp: this.#givenUp,
      bytes,
      cutLines,
    };
  }

  /** Scans the next chunk; its size, or undefined when there is none. Throws what `onMatch` throws. */
  step(): number | undefined {
    const chunk = this.#chunks.next();
    if (chunk === undefined) return undefined;
    const { bytes, offset } = chunk;
    // A scan may move the memory that they are in.
    const { length } = bytes;
    const options: ScanOptions = { source: { path: this.#path, offset } };
    const cut = this.#cut;
    const { lines, candidates, matches, givenUp } = this.#set.scan(
      bytes,
      (match) => this.#onMatch(match, offset),
      cut === undefined ? options : { ...options, cut: (line) => cut(new RebasedLine(line, offset)) },
    );
    this.#lines += lines;
    this.#candidates += candidates;
    this.#matches += matches;
    this.#givenUp += givenUp;
    return length;
  }
}
