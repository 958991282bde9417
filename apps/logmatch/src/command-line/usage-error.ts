import { LogmatchError } from '../logmatch-error.ts';

/** A fault of the command line, one line with its cure. */
export const usageError = (fault: string, cure: string): LogmatchError =>
  new LogmatchError('ERR_LOGMATCH_USAGE', fault, { cure });
