import { LogMatcherError } from '../log-matcher-error.ts';

const cure = 'compile the patterns again and serialise that set';

/** The error for bytes that are no usable set, or for what cannot be made bytes. */
export const serialFault = (fault: string, cause?: unknown): LogMatcherError =>
  new LogMatcherError('ERR_LOG_MATCHER_SERIAL', fault, cause === undefined ? { cure } : { cure, cause });
