import { BanPolicyError } from '../ban-policy-error.ts';
import { freeBytes } from './disk-room.ts';

/** Less than this is free on a disk that a write of LMDB came up short on. */
const fullBelowBytes = 1024 * 1024;
/** What LMDB says of its own buffers, which helps nobody, and may be of an older fault. */
const buffers = /:?\s*Attempting to write page.*$/s;

/** The error for what the disk or LMDB refused. */
export function storeFault(what: string, file: string, cause: unknown): BanPolicyError {
  if (cause instanceof BanPolicyError) return cause;
  const { code } = Object(cause) as { readonly code?: unknown };
  const said = (cause instanceof Error ? cause.message : String(cause)).replace(buffers, '') || 'a write failed';
  const isFull = full.has(code) || (short.has(code) && (freeBytes(file) ?? Infinity) < fullBelowBytes);
  const fault = `${what}: ${isFull ? `its disk is full (${said})` : said}`;
  const cure = isFull ? 'make room on it' : cureOf(code);
  return new BanPolicyError('ERR_BAN_POLICY_STORE', fault, { file, value: code, cure, cause });
}

/** ENOSPC and EDQUOT. */
const full = new Set<unknown>([28, 122, 'ENOSPC', 'EDQUOT']);
/** LMDB says EIO of a write that came up short, which one to a full disk does. */
const short = new Set<unknown>([5, 'EIO']);

function cureOf(code: unknown): string {
  if (short.has(code)) return 'look whether the disk is full or failing';
  if (code === 13 || code === 30 || code === 'EACCES' || code === 'EROFS')
    return 'let the user of this process write there, or choose another folder';
  if (typeof code === 'number' && code < -30_000) return 'move the folder away to begin anew, and look at the disk';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'choose a path that is a folder or none yet';
  return 'look at the disk, or choose another folder';
}
