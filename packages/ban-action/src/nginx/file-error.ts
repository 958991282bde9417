import { BanActionError } from '../ban-action-error.ts';

/** Faults by Node's error code: [code of ours, cure]. */
const faults: ReadonlyMap<string | undefined, readonly [string, string]> = new Map([
  ['ENOENT', ['MISSING', 'make its folder']],
  ['EACCES', ['PERMISSION', 'let this user write to its folder']],
  ['EPERM', ['PERMISSION', 'let this user write to its folder']],
  ['EROFS', ['PERMISSION', 'let this process write to its folder (ReadWritePaths of a systemd unit)']],
  ['ENOSPC', ['FAILED', 'make room on the disk']],
]);

/** The error for a file that could not be read or written. */
export function fileError(cause: unknown, file: string): BanActionError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const [ours = 'FAILED', cure] = faults.get(code) ?? [];
  return new BanActionError(`ERR_BAN_ACTION_${ours}`, `nginx: ${message}`, { file, cure, cause });
}
