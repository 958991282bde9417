import { BanPolicyError } from '../ban-policy-error.ts';

/** The error for what the disk or LMDB refused. */
export function storeFault(what: string, file: string, cause: unknown): BanPolicyError {
  if (cause instanceof BanPolicyError) return cause;
  const { code } = Object(cause) as { readonly code?: unknown };
  const fault = `${what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new BanPolicyError('ERR_BAN_POLICY_STORE', fault, { file, value: code, cure: cureOf(code), cause });
}

function cureOf(code: unknown): string {
  // LMDB says EIO (5) of a write that came up short, which a full disk is.
  if (code === 5 || code === 28 || code === 'EIO' || code === 'ENOSPC') return 'look whether the disk is full';
  if (code === 13 || code === 30 || code === 'EACCES' || code === 'EROFS')
    return 'let the user of this process write there, or choose another folder';
  if (typeof code === 'number' && code < -30_000) return 'move the folder away to begin anew, and look at the disk';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'choose a path that is a folder or none yet';
  return 'look at the disk, or choose another folder';
}
