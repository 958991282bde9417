import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What an {@link EximqError} is about:
 * - `USAGE`: the command line;
 * - `STATE`: a state file that is not one;
 * - `HOOK`: a program that was to be told, and failed;
 * - `TEXTFILE`: a file of metrics that cannot be written;
 * - `LISTEN`: an address that cannot be listened on;
 * - `ACTION`: a message that was not dealt with; the fault has Exim's words.
 */
export type EximqErrorCode = `ERR_EXIMQ_${'USAGE' | 'STATE' | 'HOOK' | 'TEXTFILE' | 'LISTEN' | 'ACTION'}`;

/** A fault of the command line or of a file that it names. Faults of the queue are `EximQueueError`s. */
export class EximqError extends ComponentError {
  override readonly name: string = 'EximqError';
  declare readonly code: EximqErrorCode;

  constructor(code: EximqErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}
