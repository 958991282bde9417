import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/** A pattern that does not compile. */
export interface PatternFault {
  /** `pattern 2`, or `FILE:LINE`. */
  readonly origin: string;
  /** 1-based column in the pattern; undefined where the fault has no place in it. */
  readonly column: number | undefined;
  /** With the cure, one line. */
  readonly message: string;
}

/** A {@link LogmatchError}'s details. */
export interface LogmatchErrorDetails extends ComponentErrorDetails {
  readonly faults?: readonly PatternFault[] | undefined;
}

/**
 * What keeps a search from starting.
 *
 * Codes: `ERR_LOGMATCH_USAGE` (the command line), `ERR_LOGMATCH_PATTERN` (patterns that do not compile, all of them in
 * {@link LogmatchError.faults}), `ERR_LOGMATCH_PATTERN_FILE` (a file of patterns that cannot be read),
 * `ERR_LOGMATCH_WORKERS` (worker threads are not to be had), `ERR_LOGMATCH_COMPRESSED` (a damaged compressed file, or
 * one of a format that is not read).
 */
export class LogmatchError extends ComponentError {
  override readonly name: string = 'LogmatchError';
  readonly faults: readonly PatternFault[];

  constructor(code: string, fault: string, details: LogmatchErrorDetails = {}) {
    super(code, fault, details);
    this.faults = details.faults ?? [];
  }
}
