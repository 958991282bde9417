import type { ChunkEnding } from '@sluice/pipeline';

/** What is done with the lines of one input after the other. */
export interface LineSearch {
  /** Memory to read the next lines into; what it held before may be gone. */
  memory(bytes: number): Uint8Array;
  /**
   * Begins an input, or goes on with it.
   *
   * @param linesBefore lines that were seen of it before
   * @param selectedBefore lines that were selected before, and count for the most that are wanted
   */
  begin(path: string, linesBefore?: number, selectedBefore?: number): void;
  /**
   * Searches whole lines. The bytes are read until this returns.
   *
   * @param offset of the first byte in the input
   * @returns false when no more of this input is wanted
   */
  lines(bytes: Uint8Array, offset: number, ending: ChunkEnding): boolean;
  /** Ends an input: prints what is printed once a file. */
  end(): void;
  readonly totals: SearchTotals;
}

/** What was found in all inputs so far. */
export interface SearchTotals {
  lines: number;
  bytes: number;
  /** Lines selected: that match, or with `invert` do not. */
  selected: number;
  /** Lines that a pattern was tried on. */
  candidates: number;
  /** Whether the program is to exit with 0: with `-L`, that a file was listed. */
  found: boolean;
  /** Hits of each pattern. */
  readonly hits: Float64Array;
}

export const noTotals = (patterns: number): SearchTotals => ({
  lines: 0,
  bytes: 0,
  selected: 0,
  candidates: 0,
  found: false,
  hits: new Float64Array(patterns),
});
