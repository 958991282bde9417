import type { LineMatch } from '@sluice/log-matcher';

/** Some lines that are being searched, and where they are from. */
export interface Place {
  /** Of the input. */
  readonly path: string;
  /** To be asked for anew at each use. */
  readonly bytes: Uint8Array;
  /** Of the first byte in the input. */
  readonly offset: number;
  /** The 1-based number of the line that begins at an offset of `bytes`; offsets ascend. */
  numberAt(offset: number): number;
}

/** Prints what is found in an input. All offsets are those of `place.bytes`. */
export interface Printer {
  /** A pattern that matches a line; `isFirst` for the first one of the line. */
  match(place: Place, match: LineMatch, isFirst: boolean): void;
  /** Whole lines [start, end) that are selected because no pattern matches them. */
  lines(place: Place, start: number, end: number): void;
  /** The bytes are about to go. */
  leave(place: Place): void;
  /** The input has ended. Returns whether it counts as found. */
  end(path: string, selected: number): boolean;
  /** True when the first selected line of an input says all. */
  readonly needsOne: boolean;
}
