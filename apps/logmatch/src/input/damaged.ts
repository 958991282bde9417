import { LogmatchError } from '../logmatch-error.ts';

/** A compressed input that cannot be unpacked to its end. */
export const damaged = (reason: string, cause?: unknown): LogmatchError =>
  new LogmatchError('ERR_LOGMATCH_COMPRESSED', `is damaged or cut off: ${reason}`, {
    cause,
    cure: 'what could be unpacked was searched',
  });
