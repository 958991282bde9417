import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { ConfigFiles } from '../config-files.ts';
import { Fail2banConfigError } from '../fail2ban-config-error.ts';

/** Largest file that is read. */
export const MAX_FILE_BYTES: number = 4 << 20;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NOT_THERE = new Set(['ENOENT', 'ENOTDIR']);

const unreadable = (file: string, fault: string, cure: string, cause?: unknown): Fail2banConfigError =>
  new Fail2banConfigError('ERR_FAIL2BAN_CONFIG_UNREADABLE', fault, { file, cure, cause });

function attempt<T>(path: string, absent: T, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || error instanceof Fail2banConfigError) throw error;
    if (NOT_THERE.has(code)) return absent;
    const cure = code === 'EACCES' ? 'let this user read it (chmod, chown)' : 'repair or remove it';
    throw unreadable(path, `cannot be read: ${code}`, cure, error);
  }
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

function decode(path: string, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw unreadable(path, 'is not UTF-8', 'convert it (iconv -t UTF-8)', error);
  }
}

function readText(path: string): string {
  // A named pipe in place of a file must not hold the reader up.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw unreadable(path, 'is no regular file', 'remove it, or put a file in its place');
    if (stat.size > MAX_FILE_BYTES)
      throw unreadable(path, `has ${stat.size} bytes, over the bound of ${MAX_FILE_BYTES}`, 'split it');
    return decode(path, readFileSync(fd));
  } finally {
    closeSync(fd);
  }
}

/** The files of this machine. Only regular files of at most {@link MAX_FILE_BYTES} in UTF-8 are read. */
export const nodeConfigFiles: ConfigFiles = {
  read: (path) => attempt<string | undefined>(path, undefined, () => readText(path)),
  // An exception for each folder that is not there would cost more than the rest.
  list: (dir) => attempt<readonly string[]>(dir, [], () => (isThere(dir) ? readdirSync(dir) : [])),
};
