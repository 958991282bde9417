import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What an {@link ActivityCalendarError} is about:
 * - `USAGE`: the command line;
 * - `CONFIG`: a configuration file, with file and line;
 * - `SOURCE`: a source that cannot be read, or not to its end; `cause` is the reader's error;
 * - `STATE`: a state file that is not one;
 * - `PASSWORD`: no password where one is needed, or a file that holds none;
 * - `SERVE`: what no server can be made of;
 * - `LIMIT`: more than the program holds at once;
 * - `ACTIVITY`: a line that is no activity (a reject).
 */
export type ActivityCalendarErrorCode = `ERR_ACTIVITY_CALENDAR_${
  | 'USAGE'
  | 'CONFIG'
  | 'SOURCE'
  | 'STATE'
  | 'PASSWORD'
  | 'SERVE'
  | 'LIMIT'
  | 'ACTIVITY'}`;

/** A fault of the command line, the configuration or a source. Faults of the parts have the parts' classes. */
export class ActivityCalendarError extends ComponentError {
  override readonly name: string = 'ActivityCalendarError';
  declare readonly code: ActivityCalendarErrorCode;
  /** The fault alone, without its place and cure. */
  readonly fault: string;
  /** All faults that were found, this one first. */
  readonly all: readonly ActivityCalendarError[];

  constructor(
    code: ActivityCalendarErrorCode,
    fault: string,
    details?: ComponentErrorDetails,
    others: readonly ActivityCalendarError[] = [],
  ) {
    super(code, fault, details);
    this.fault = fault;
    this.all = [this, ...others];
  }

  /** The same fault, that others go with. */
  with(others: readonly ActivityCalendarError[]): ActivityCalendarError {
    return new ActivityCalendarError(this.code, this.fault, this, others);
  }
}
