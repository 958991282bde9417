import type { RejectSink } from '@sluice/pipeline';
import { LogMatcherError } from './log-matcher-error.ts';
import type { PatternMatch } from './pattern-match.ts';
import type { CutPlaces } from './prefilter/cut-places.ts';

/** How patterns are read and searched for. */
export interface PatternOptions {
  /**
   * `python`: Python's `re` for `str`; `javascript`: ECMAScript's `RegExp` with the flag `u`; `literal`: the text itself.
   * Default `python`.
   */
  readonly dialect?: 'python' | 'javascript' | 'literal';
  /** Letters stand for both cases, as the flag of the dialect has it. Default false. */
  readonly ignoreCase?: boolean;
  /**
   * The subject is the line and a `\n`, as fail2ban searches it: `$`, `\s*$` and `\n` see that break. Default false.
   */
  readonly finalBreak?: boolean;
  /** `^` and `$` at every `\n` of a subject that is given to `match()`, as the flag of the dialect has it. Default false. */
  readonly multiline?: boolean;
  /**
   * What a scan reports of a line that several patterns match: `first`, the first in the order of the list, as fail2ban
   * does; `all`, one match per pattern. Default `first`.
   */
  readonly report?: 'first' | 'all';
  /** Steps that the backtracker may take on one subject for one pattern, 1 to 2^31 - 1. Default 1 000 000. */
  readonly maxSteps?: number;
  /**
   * Most bytes of what automata keep, 1 to 2^31. Where it is reached they forget, and go on. A pattern that cannot be
   * searched for within it is refused. Default 64 MiB.
   */
  readonly maxMemoryBytes?: number;
  /** Some of the log that is to be scanned: literals are chosen by how rare they are there. Default: a model of logs. */
  readonly sample?: Uint8Array;
  /** Told of each subject that the backtracker gave up on. Default: nobody; the scan's result counts them anyway. */
  readonly rejects?: RejectSink;
  /** False runs every pattern on every line: for tests and measurements. Default true. */
  readonly prefilter?: boolean;
}

/** The options with their defaults. */
export type CheckedOptions = Required<Omit<PatternOptions, 'rejects' | 'sample'>> & Pick<PatternOptions, 'sample'>;

/** A line of scanned bytes on which at least one pattern is tried. */
export interface CandidateLine {
  /** First byte in the scanned bytes. */
  readonly offset: number;
  /** Bytes, without the break. */
  readonly length: number;
  /** Decoded from UTF-8, invalid sequences as U+FFFD. Decoded when first read. */
  readonly text: string;
  /** The line's bytes, where they are: good until what was scanned changes, or another line is searched. */
  bytes(): Uint8Array;
}

/** Which part of a line is searched, in UTF-16 indices: `rest.slice(from, to)` of the `rest` that a cut leaves. */
export interface SearchedPart {
  /** What is cut out of the line: the rest is `text.slice(0, cutStart) + text.slice(cutEnd)`. Default: nothing. */
  readonly cutStart?: number;
  readonly cutEnd?: number;
  /** Default 0. */
  readonly from?: number;
  /** Default: the end of the rest. */
  readonly to?: number;
}

/** A line that some patterns of a set may match. */
export interface Candidate extends CandidateLine {
  /** How many these are. */
  readonly patternCount: number;
  /** True for a line of ASCII that is not of unusual length: an index of its text is an offset of its bytes. */
  readonly isAscii: boolean;
  /** Index of one of them in the set, ascending with `index`, which counts from 0. */
  patternAt(index: number): number;
  /**
   * The match of any pattern of the set in a part of this line: as `matchOf` gives it, without the text being made. To be
   * asked only during the visit.
   */
  search(pattern: number, part?: SearchedPart): PatternMatch | undefined;
}

export interface CandidatesOptions {
  /**
   * Where the caller is going to cut spans out of lines before it searches them: a literal may straddle what is cut. One for
   * all patterns, or one for each; for a pattern with `false` no line is listed. Default `none`.
   */
  readonly cuts?: CutPlaces | readonly (CutPlaces | false)[];
  /** What the bytes are, for rejects: the path, and the offset of the first byte. */
  readonly source?: { readonly path: string; readonly offset: number };
}

/** Counts of {@link PatternSet.candidates}. */
export type CandidatesResult = Pick<ScanResult, 'lines' | 'candidates'>;

/** UTF-16 indices of a line's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface ScanOptions {
  /**
   * Called once for each line that could match, before it is searched: what to cut out of it, such as the date.
   * The patterns then see `text.slice(0, start) + text.slice(end)`. Undefined cuts nothing; false skips the line.
   */
  readonly cut?: (line: CandidateLine) => Span | undefined | false;
  /** What the bytes are, for rejects: the path, and the offset of the first byte. */
  readonly source?: { readonly path: string; readonly offset: number };
}

/** Counts of one scan. */
export interface ScanResult {
  readonly lines: number;
  /** Lines on which at least one pattern was tried. */
  readonly candidates: number;
  readonly matches: number;
  /** Subjects that the backtracker gave up on, once per pattern. */
  readonly givenUp: number;
}

const maxInt = 0x7fffffff;
const dialects = ['python', 'javascript', 'literal'];

function refuse(option: string, expected: string, value: unknown): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', `${option} must be ${expected}, not ${shown}`, { value });
}

function checkRange(option: string, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 1 || value > max) refuse(option, `an integer from 1 to ${max}`, value);
}

/** The options with their defaults. Throws `ERR_LOG_MATCHER_OPTION`. */
export function checkOptions(options: PatternOptions): CheckedOptions {
  const defaults = {
    dialect: 'python',
    ignoreCase: false,
    finalBreak: false,
    multiline: false,
    report: 'first',
    maxSteps: 1_000_000,
    maxMemoryBytes: 2 ** 26,
    prefilter: true,
  } as const;
  const given = Object.entries(options).filter(([name, value]) => name !== 'rejects' && value !== undefined);
  const checked: CheckedOptions = { ...defaults, ...Object.fromEntries(given) };
  const { dialect, report, sample } = checked;
  if (!dialects.includes(dialect)) refuse('dialect', '"python", "javascript" or "literal"', dialect);
  if (!['first', 'all'].includes(report)) refuse('report', '"first" or "all"', report);
  checkRange('maxSteps', checked.maxSteps, maxInt);
  checkRange('maxMemoryBytes', checked.maxMemoryBytes, maxInt + 1);
  for (const name of ['ignoreCase', 'finalBreak', 'multiline', 'prefilter'] as const) {
    if (typeof checked[name] !== 'boolean') refuse(name, 'true or false', checked[name]);
  }
  if (sample !== undefined && !(sample instanceof Uint8Array)) refuse('sample', 'a Uint8Array', typeof sample);
  return checked;
}
