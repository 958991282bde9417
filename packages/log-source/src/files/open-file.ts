import { closeSync, constants, openSync, realpathSync } from 'node:fs';
import { LogSourceError } from '../log-source-error.ts';
import { type FileFacts, factsOfOpen, factsOfPath } from './file-facts.ts';

/** A regular file, open for reading. Whoever holds it closes it. */
export interface OpenFile {
  readonly fd: number;
  readonly facts: FileFacts;
}

// O_NONBLOCK: a FIFO that took the file's place since it was looked at must not block the whole process.
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

const cures: Readonly<Record<string, string>> = {
  EACCES: 'give the user that this runs as the right to read it and to enter its folders',
  EPERM: 'give the user that this runs as the right to read it',
  EMFILE: 'raise the limit of open files (ulimit -n, LimitNOFILE=)',
  ENFILE: "raise the system's limit of open files (sysctl fs.file-max)",
  ELOOP: 'mend the symbolic links, they go round in a circle',
  ENOTDIR: 'mend the path, something on the way is no folder',
};

/** The reject for a path that the system refuses, with the cure for the refusal. */
export function unreadable(file: string, cause: unknown): LogSourceError {
  const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
  const cure = cures[code] ?? 'see to the disk or file system that it lies on';
  return new LogSourceError('ERR_LOG_SOURCE_UNREADABLE', `cannot be read (${code})`, { file, cure, cause });
}

/** The reject for a path with nothing there. */
export function missing(file: string): LogSourceError {
  const cure = 'check the path, or wait for the program that writes it to start';
  return new LogSourceError('ERR_LOG_SOURCE_MISSING', 'there is no such file', { file, cure });
}

/** The reject for what is no regular file. */
export function notAFile(file: string, kind: FileFacts['kind']): LogSourceError {
  const cure =
    kind === 'folder' ? 'name the files in it, for example with /*.log' : 'feed it to standard input instead';
  return new LogSourceError('ERR_LOG_SOURCE_NOT_A_FILE', `is a ${kind}, not a log file`, { file, cure });
}

function checkInside(root: string, file: string, facts: FileFacts): void {
  const target = realpathSync(file);
  const isInside = target.startsWith(`${realpathSync(root).replace(/\/$/, '')}/`);
  // The key shows that the path still leads to what is open.
  if (isInside && factsOfPath(target)?.key === facts.key) return;
  const cure = `name the file that the link leads to, below ${root}`;
  throw new LogSourceError('ERR_LOG_SOURCE_OUTSIDE_ROOT', `leads out of ${root}`, { file, cure });
}

/**
 * Opens a regular file, symbolic links followed, without ever blocking on what is none.
 *
 * @param root when given, the file must really lie below it
 * @throws LogSourceError `MISSING`, `NOT_A_FILE`, `OUTSIDE_ROOT` or `UNREADABLE`
 */
export function openFile(file: string, root?: string): OpenFile {
  let fd: number | undefined;
  try {
    const before = factsOfPath(file);
    if (before === undefined) throw missing(file);
    if (before.kind !== 'file') throw notAFile(file, before.kind);
    fd = openSync(file, flags);
    const facts = factsOfOpen(fd);
    if (facts.kind !== 'file') throw notAFile(file, facts.kind);
    if (root !== undefined) checkInside(root, file, facts);
    return { fd, facts };
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (error instanceof LogSourceError) throw error;
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(file) : unreadable(file, error);
  }
}
