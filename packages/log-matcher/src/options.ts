import type { RejectSink } from '@sluice/pipeline';
import { LogMatcherError } from './log-matcher-error.ts';

/** How patterns are read and searched for. */
export interface PatternOptions {
  /** `python`: Python's `re` for `str`; `literal`: the text itself. Default `python`. */
  readonly dialect?: 'python' | 'literal';
  /**
   * The subject is the line and a `\n`, as fail2ban searches it: `$`, `\s*$` and `\n` see that break. Default false.
   */
  readonly finalBreak?: boolean;
  /** Python's MULTILINE: `^` and `$` at every `\n` of a subject that is given to `match()`. Default false. */
  readonly multiline?: boolean;
  /**
   * What a scan reports of a line that several patterns match: `first`, the first in the order of the list, as fail2ban
   * does; `all`, one match per pattern. Default `first`.
   */
  readonly report?: 'first' | 'all';
  /** Steps that the backtracker may take on one subject for one pattern, 1 to 2^31 - 1. Default 1 000 000. */
  readonly maxSteps?: number;
  /** Told of each subject that the backtracker gave up on. Default: nobody; the scan's result counts them anyway. */
  readonly rejects?: RejectSink;
  /** False runs every pattern on every line: for tests and measurements. Default true. */
  readonly prefilter?: boolean;
}

/** A line of scanned bytes on which at least one pattern is tried. */
export interface CandidateLine {
  /** First byte in the scanned bytes. */
  readonly offset: number;
  /** Bytes, without the break. */
  readonly length: number;
  /** Decoded from UTF-8, invalid sequences as U+FFFD. Decoded when first read. */
  readonly text: string;
}

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

function refuse(option: string, expected: string, value: unknown): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  throw new LogMatcherError('ERR_LOG_MATCHER_OPTION', `${option} must be ${expected}, not ${shown}`, { value });
}

/** The options with their defaults. Throws `ERR_LOG_MATCHER_OPTION`. */
export function checkOptions(options: PatternOptions): Required<Omit<PatternOptions, 'rejects'>> {
  const defaults = {
    dialect: 'python',
    finalBreak: false,
    multiline: false,
    report: 'first',
    maxSteps: 1_000_000,
    prefilter: true,
  } as const;
  const given = Object.entries(options).filter(([name, value]) => name !== 'rejects' && value !== undefined);
  const checked: Required<Omit<PatternOptions, 'rejects'>> = { ...defaults, ...Object.fromEntries(given) };
  const { dialect, report, maxSteps } = checked;
  if (!['python', 'literal'].includes(dialect)) refuse('dialect', '"python" or "literal"', dialect);
  if (!['first', 'all'].includes(report)) refuse('report', '"first" or "all"', report);
  if (!Number.isInteger(maxSteps) || maxSteps < 1 || maxSteps > maxInt) {
    refuse('maxSteps', `an integer from 1 to ${maxInt}`, maxSteps);
  }
  for (const name of ['finalBreak', 'multiline', 'prefilter'] as const) {
    if (typeof checked[name] !== 'boolean') refuse(name, 'true or false', checked[name]);
  }
  return checked;
}
