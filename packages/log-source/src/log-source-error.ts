import { ComponentError, type ComponentErrorDetails } from '@sluice/pipeline';

/**
 * What a {@link LogSourceError} or a reject of this package can be about:
 * - `OPTION`: an option has a value that it cannot have (thrown at the call);
 * - `MISSING`: no file at the path, or none that the glob matches;
 * - `UNREADABLE`: a file or folder that cannot be opened or read;
 * - `NOT_A_FILE`: a folder, FIFO, socket or device where a log file is expected;
 * - `OUTSIDE_ROOT`: a symbolic link leads out of `root`;
 * - `SAME_FILE`: two paths are one file, which is read once, under the first path;
 * - `COPY`: a file that only repeats a followed one, as `copytruncate` makes it;
 * - `COMPRESSED`: compressed data where plain text is expected;
 * - `TRUNCATED`: a followed file was cut or rewritten, and what it held cannot be found in a copy;
 * - `LOST`: a file that was being read when the last run ended cannot be found;
 * - `TOO_MANY_FILES`: globs match more than `maxFiles` files;
 * - `GZIP`: a damaged or half-written gzip file;
 * - `WATCH`: the system cannot watch more files;
 * - `CHECKPOINT`: a checkpoint that is torn, foreign or cannot be read;
 * - `CHECKPOINT_WRITE`: a checkpoint that cannot be written;
 * - `STREAM`: a readable stream failed or was used before.
 */
export type LogSourceErrorCode = `ERR_LOG_SOURCE_${
  | 'OPTION'
  | 'MISSING'
  | 'UNREADABLE'
  | 'NOT_A_FILE'
  | 'OUTSIDE_ROOT'
  | 'SAME_FILE'
  | 'COPY'
  | 'COMPRESSED'
  | 'TRUNCATED'
  | 'LOST'
  | 'TOO_MANY_FILES'
  | 'GZIP'
  | 'WATCH'
  | 'CHECKPOINT'
  | 'CHECKPOINT_WRITE'
  | 'STREAM'}`;

/** Any error of this package. Only `OPTION` is thrown and only `STREAM` ends an Observable; the rest are rejects. */
export class LogSourceError extends ComponentError {
  override readonly name: string = 'LogSourceError';
  declare readonly code: LogSourceErrorCode;

  constructor(code: LogSourceErrorCode, fault: string, details?: ComponentErrorDetails) {
    super(code, fault, details);
  }
}
