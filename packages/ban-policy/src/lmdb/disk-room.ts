import { statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { BanPolicyError } from '../ban-policy-error.ts';

/** What a new state takes up, and some. */
const newStateBytes = 128 * 1024;

/** Bytes that this process may still write to the disk of a folder; undefined where the system does not say. */
export function freeBytes(folder: string): number | undefined {
  try {
    const { bsize, bavail, bfree } = statfsSync(folder);
    return bsize * (process.getuid?.() === 0 ? bfree : bavail);
  } catch {
    return undefined;
  }
}

/** Whether a file has its blocks already, so that writing to its memory cannot fail. */
function isWhole(file: string): boolean {
  const facts = statSync(file, { throwIfNoEntry: false });
  return facts !== undefined && facts.size > 0 && facts.blocks > 0;
}

/**
 * Sees that there is room for a new state. LMDB writes its lock file as memory: where the disk has no block for that, the
 * system ends the process.
 *
 * @throws BanPolicyError `ERR_BAN_POLICY_STORE`
 */
export function needRoom(folder: string): void {
  if (['data.mdb', 'lock.mdb'].every((name) => isWhole(path.join(folder, name)))) return;
  const free = freeBytes(folder);
  if (free === undefined || free >= newStateBytes) return;
  throw new BanPolicyError('ERR_BAN_POLICY_STORE', `its disk is full: ${free} bytes are free`, {
    file: folder,
    value: free,
    cure: `make room for at least ${newStateBytes} bytes on it, or choose another folder`,
  });
}
