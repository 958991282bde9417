import { lstatSync } from 'node:fs';
import type { MailSourceErrorCode } from '../mail-source-error.ts';
import { forSystem } from './file-path.ts';

/** Why a mail could not be read. */
export interface Fault {
  readonly code: MailSourceErrorCode;
  readonly reason: string;
}

const links: ReadonlySet<string | undefined> = new Set(['ELOOP', 'EMLINK']);
/** Of opening a socket, reading a FIFO at a position, reading a directory. */
const noFiles: ReadonlySet<string | undefined> = new Set(['ENXIO', 'ESPIPE', 'EISDIR']);
const absences: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ESTALE']);

/** The system's code of an error that it threw. */
export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Whether the error says that there is nothing of that name. */
export const isAbsence = (error: unknown): boolean => absences.has(codeOf(error));

/** What the system's error at opening or reading a file without following links means. */
export function faultOf(error: unknown): Fault {
  const code = codeOf(error);
  if (links.has(code)) return symlink;
  if (noFiles.has(code)) return notAFile;
  return { code: 'ERR_MAIL_SOURCE_UNREADABLE', reason: `cannot be read (${code ?? String(error)})` };
}

/** What the system's error at opening a directory without following links means. */
export function directoryFaultOf(error: unknown, path: string): Fault {
  if (codeOf(error) !== 'ENOTDIR') return faultOf(error);
  // What the system says of a link that is not followed as well as of a file.
  return lstatSync(forSystem(path), { throwIfNoEntry: false })?.isSymbolicLink() === true ? symlink : notADirectory;
}

export const symlink: Fault = {
  code: 'ERR_MAIL_SOURCE_SYMLINK',
  reason: 'is a symbolic link, which is not followed',
};
export const notAFile: Fault = { code: 'ERR_MAIL_SOURCE_NOT_A_FILE', reason: 'is no file' };
const notADirectory: Fault = { code: 'ERR_MAIL_SOURCE_UNREADABLE', reason: 'is no directory' };
