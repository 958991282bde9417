import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { IcalSinkError } from '../ical-sink-error.ts';
import { fileError } from './file-error.ts';

/** What tells a file from any other, and from what it was before. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly mode: bigint;
  readonly uid: bigint;
  readonly gid: bigint;
}

/** A place that a calendar may be written to. */
export interface Target {
  /** The file itself, where the given path is a symbolic link to it. */
  readonly path: string;
  /** The calendar that is there now; undefined when nothing is. */
  readonly now: FileIdentity | undefined;
}

const byteOrderMark = '\u00ef\u00bb\u00bf';

/**
 * Finds out where to write. A symbolic link is followed, so that it stays one. Only what is a calendar already, or is empty,
 * may be replaced: a mistyped path or a planted link must not cost anybody a file.
 *
 * @throws IcalSinkError `ERR_ICAL_SINK_FORMAT`, `ERR_ICAL_SINK_FILE`
 */
export function openTarget(file: string): Target {
  try {
    const link = lstatSync(file, { throwIfNoEntry: false });
    if (link === undefined) return { path: file, now: undefined };
    const path = link.isSymbolicLink() ? linkTarget(file) : file;
    // Neither a FIFO nor a device may hold us up, or be read from.
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const now = fstatSync(fd, { bigint: true });
      if (!now.isFile()) {
        const details = { file, cure: 'write to a regular file, or take the text from toICalendar()' };
        throw new IcalSinkError('ERR_ICAL_SINK_FILE', 'is not a regular file', details);
      }
      if (now.size > 0n && !beginsAsCalendar(fd)) throw notACalendar(file, 1);
      return { path, now };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw fileError(error, file);
  }
}

/** @param line 1-based */
export function notACalendar(file: string, line: number): IcalSinkError {
  const cure = 'move it away, or choose another path';
  return new IcalSinkError('ERR_ICAL_SINK_FORMAT', 'is not an iCalendar file', { file, line, cure });
}

/** What is at a path now, or undefined. */
export function identityOf(path: string): FileIdentity | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

/** Whether both are the same file with the same content, as far as the system tells. */
export function isSame(one: FileIdentity | undefined, other: FileIdentity | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.dev === other.dev && one.ino === other.ino && one.size === other.size && one.mtimeNs === other.mtimeNs;
}

function linkTarget(file: string): string {
  try {
    return realpathSync(file);
  } catch (error) {
    const details = { file, cause: error, cure: 'remove the link, or make what it points to' };
    throw new IcalSinkError('ERR_ICAL_SINK_FILE', 'is a symbolic link to nothing', details);
  }
}

function beginsAsCalendar(fd: number): boolean {
  const start = Buffer.alloc(256);
  const text = start.toString('latin1', 0, readSync(fd, start, 0, start.length, 0));
  return /^\s*BEGIN:VCALENDAR[ \t]*(?:\r?\n|$)/i.test(text.startsWith(byteOrderMark) ? text.slice(3) : text);
}
