/** Where patterns come from, in the order of the command line. */
export interface PatternArgument {
  readonly kind: 'text' | 'file';
  readonly value: string;
}

/** What is printed of a file: `quiet` nothing, `parts` what matches only, `records` one text a match. */
export type OutputKind = 'lines' | 'parts' | 'records' | 'counts' | 'with-match' | 'without-match' | 'quiet';

/** How patterns are read. */
export interface PatternReading {
  readonly dialect: 'python' | 'javascript' | 'literal';
  readonly ignoreCase: boolean;
  /** What a match has to reach to: nothing, the ends of a word, the ends of the line. */
  readonly bounds: 'none' | 'word' | 'line';
  /** Report every pattern that matches a line. */
  readonly all: boolean;
}

/** A command line, checked, with defaults. */
export interface CommandLine extends PatternReading {
  readonly command: 'search' | 'explain' | 'bench';
  readonly patterns: readonly PatternArgument[];
  readonly filter: string | undefined;
  readonly filterDir: string;
  readonly invert: boolean;
  /** Lines of a file after which it is left; `Infinity` for all. */
  readonly maxCount: number;
  readonly output: OutputKind;
  readonly json: boolean;
  readonly template: string | undefined;
  readonly lineNumbers: boolean;
  readonly byteOffsets: boolean;
  /** Undefined: with several files. */
  readonly withPaths: boolean | undefined;
  readonly stats: boolean;
  /** Empty: standard input. */
  readonly paths: readonly string[];
  readonly recursive: boolean;
  readonly follow: boolean;
  readonly fromStart: boolean;
  readonly maxLineBytes: number;
  readonly workers: number;
  readonly noMessages: boolean;
  readonly rounds: number;
}
