import { closeSync, fstatSync, openSync, type Stats } from 'node:fs';
import { LogmatchError } from '../logmatch-error.ts';
import { magicBytes } from './compression.ts';
import { readBlocking } from './read-blocking.ts';

/** A file, pipe or standard input, opened. */
export interface OpenInput {
  /** As given; `<stdin>` for `-`. */
  readonly path: string;
  readonly fd: number;
  /** Its first bytes, already read: fewer than {@link magicBytes} only if there are no more. */
  readonly head: Buffer;
  /** Bytes of a regular file; undefined of a pipe or terminal, whose end only time will tell. */
  readonly size: number | undefined;
  close(): void;
}

export const stdinPath = '<stdin>';

function headOf(fd: number): Buffer {
  const head = Buffer.alloc(magicBytes);
  let length = 0;
  while (length < magicBytes) {
    const got = readBlocking(fd, head, length);
    if (got === 0) break;
    length += got;
  }
  return head.subarray(0, length);
}

function refuse(stats: Stats, output: Stats | undefined): void {
  if (stats.isDirectory())
    throw new LogmatchError('ERR_LOGMATCH_INPUT', 'is a directory', { cure: 'search the files in it with -r' });
  if (output?.isFile() && stats.ino === output.ino && stats.dev === output.dev && stats.size > 0)
    throw new LogmatchError('ERR_LOGMATCH_INPUT', 'is also the output', { cure: 'write the output to another file' });
}

/**
 * Opens an input, and reads its first bytes.
 *
 * @param output where is written to, which would never end if it were read
 * @throws the system's error, or a LogmatchError for what is no input
 */
export function openInput(path: string, output: Stats | undefined): OpenInput {
  const isStdin = path === '-';
  const fd = isStdin ? 0 : openSync(path, 'r');
  const close = (): void => {
    if (!isStdin) closeSync(fd);
  };
  try {
    const stats = fstatSync(fd);
    refuse(stats, output);
    const size = stats.isFile() ? stats.size : undefined;
    return { path: isStdin ? stdinPath : path, fd, head: headOf(fd), size, close };
  } catch (error) {
    close();
    throw error;
  }
}
