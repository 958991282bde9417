import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { openFlags } from '../spool/open-flags.ts';
import { parseReasons } from './parse-reasons.ts';

const maxBytes = 65_536;
const lineBreak = 0x0a;

/**
 * What the last attempt for each recipient came to, from a message's log (`msglog/ID`): of a long one the last 64 KiB are
 * read, and recipients of which nothing is said there have no reason.
 *
 * @param path of the log; where there is none (`message_logs = false`) nothing is known
 * @param onCut told the size in bytes of a log of which only the end was read
 * @throws the system's error when it may not be read
 */
export function readReasons(path: string, onCut?: (sizeBytes: number) => void): ReadonlyMap<string, string> {
  const fd = openLog(path);
  if (fd === undefined) return new Map();
  try {
    const { size } = fstatSync(fd);
    const from = Math.max(0, size - maxBytes);
    const bytes = Buffer.allocUnsafe(Math.min(size, maxBytes));
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read)
      read = readSync(fd, bytes, length, bytes.length - length, from + length);
    if (from > 0) onCut?.(size);
    // The line that the cut went through tells nothing.
    const start = from > 0 ? bytes.subarray(0, length).indexOf(lineBreak) + 1 : 0;
    return parseReasons(bytes.toString('utf8', start, length));
  } finally {
    closeSync(fd);
  }
}

function openLog(path: string): number | undefined {
  try {
    return openSync(path, openFlags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
