import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What an {@link EximQueueError} or a reject of this package can be about.
 *
 * Thrown:
 * - `OPTION`: an option has a value that it cannot have (at the call);
 * - `ID`: what is no message id where one is needed (at the call, and before anything is run);
 * - `NO_SPOOL`: there is no spool where one was looked for; Exim itself would show an empty queue;
 * - `NO_QUEUE`: a named queue that the spool does not have;
 * - `DENIED`: this user may neither read the spool nor ask Exim; says which group would do;
 * - `NO_EXIM`: an action, or the queue of a spool that may not be read, needs Exim, and there is none;
 * - `EXIM`: Exim did not do what it was asked, or refused its configuration; the message has its own words;
 * - `GONE`: a message, or the part of it that is asked for, is not in the queue any more;
 * - `TOO_LARGE`: a part of a message exceeds the bound it is to be read within.
 *
 * Rejects (entries that are emitted all the same have a `problem`); the first three are thrown where one thing alone was
 * asked for, a part of a message or the count:
 * - `DAMAGED`: a message's files are not in their format;
 * - `UNREADABLE`: a folder or a file that the system does not let us read;
 * - `OUTPUT`: a line of Exim's output that cannot be understood;
 * - `LOG_LINE`: a line of the main log that is cut or cannot be understood;
 * - `WATCH`: a folder that cannot be watched; it is looked at from time to time instead;
 * - `OVERFLOW`: a bound on what is remembered was reached; what fell out is counted.
 */
export type EximQueueErrorCode = `ERR_EXIM_QUEUE_${
  | 'OPTION'
  | 'ID'
  | 'NO_SPOOL'
  | 'NO_QUEUE'
  | 'DENIED'
  | 'NO_EXIM'
  | 'EXIM'
  | 'GONE'
  | 'TOO_LARGE'
  | 'DAMAGED'
  | 'UNREADABLE'
  | 'OUTPUT'
  | 'LOG_LINE'
  | 'WATCH'
  | 'OVERFLOW'}`;

/** Any error of this package. */
export class EximQueueError extends ComponentError {
  override readonly name: string = 'EximQueueError';
  declare readonly code: EximQueueErrorCode;

  constructor(code: EximQueueErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}
