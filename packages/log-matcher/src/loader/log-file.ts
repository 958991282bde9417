import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { LogMatcherError } from '../log-matcher-error.ts';

/** A regular file, open for reading. Whoever opened it closes it. */
export interface LogFile {
  readonly fd: number;
  readonly path: string;
  readonly size: number;
}

// O_NONBLOCK: a FIFO that took the file's place since it was looked at must not block the process.
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

function fileError(path: string, cause: unknown): LogMatcherError {
  if (cause instanceof LogMatcherError) return cause;
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  const cure = code === 'ENOENT' ? 'check the path' : 'see to its rights and to the disk that it lies on';
  const fault = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
  return new LogMatcherError('ERR_LOG_MATCHER_FILE', fault, { file: path, cure, cause });
}

function checkRegular(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const cure = stats.isDirectory() ? 'name the files in it' : 'read it by a stream and scan its chunks';
  throw new LogMatcherError('ERR_LOG_MATCHER_FILE', 'is no regular file', { file: path, cure });
}

/**
 * Opens a regular file, links followed, without ever blocking on what is none.
 *
 * @throws LogMatcherError `ERR_LOG_MATCHER_FILE`
 */
export function openLog(path: string): LogFile {
  let fd: number | undefined;
  try {
    checkRegular(path, statSync(path));
    fd = openSync(path, flags);
    const stats = fstatSync(fd);
    checkRegular(path, stats);
    return { fd, path, size: stats.size };
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    throw fileError(path, error);
  }
}

/** Reads from a place of the file; 0 at its end. Throws `ERR_LOG_MATCHER_FILE`. */
export function readLog({ fd, path }: LogFile, into: Uint8Array, offset: number): number {
  try {
    return readSync(fd, into, 0, into.length, offset);
  } catch (error) {
    throw fileError(path, error);
  }
}

export const closeLog = ({ fd }: LogFile): void => closeSync(fd);
