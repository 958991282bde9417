import { EximqError } from '../eximq-error.ts';

/** A fault of the command line, one line with its cure. */
export const usageError = (fault: string, cure: string): EximqError =>
  new EximqError('ERR_EXIMQ_USAGE', fault, { cure });
