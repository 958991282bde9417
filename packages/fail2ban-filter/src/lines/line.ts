/** A line as the filter sees it, and where it is from. */
export interface Line {
  /** Without its break; invalid UTF-8 as U+FFFD. */
  readonly text: string;
  /** The lines of a window that matched, this one among them. */
  readonly matched?: readonly string[];
  /** Byte offset in the source. */
  readonly offset: number;
  readonly path: string;
  readonly sourceId: string;
  /** False while the source is read to its end for the first time. */
  readonly live: boolean;
  /** True when the source cut the line short. */
  readonly truncated: boolean;
  /** Now, the same for all lines of a chunk. */
  readonly nowMs: number;
}
