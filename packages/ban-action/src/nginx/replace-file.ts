import { constants } from 'node:fs';
import { type FileHandle, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { BanActionError } from '../ban-action-error.ts';
import { fileError } from './file-error.ts';

/** What tells a file from another that takes its place later. */
export interface Replacement {
  readonly ino: number;
  readonly mtimeMs: number;
}

/** Five million networks or so. */
const maxBytes = 1 << 28;

/** The path that links lead to: a file is replaced, never a link to it. */
export const settledPath = (file: string): Promise<string> => realpath(file).catch(() => file);

/** @returns undefined when there is no such file @throws BanActionError */
export async function readWhole(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes)
      throw new BanActionError('ERR_BAN_ACTION_REFUSED', `nginx: has more than ${maxBytes} bytes`, {
        file,
        limit: maxBytes,
      });
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof BanActionError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError(error, file);
  }
}

/**
 * Puts a new file with the rights of the old one in its place: written beside it, flushed to the disk, renamed.
 *
 * @throws BanActionError the old file is there as before
 */
export async function replaceFile(file: string, text: string): Promise<Replacement> {
  const { dir, base } = path.parse(file);
  // Always of one name, so that what a killed process leaves is written over, and of none that `*.conf` takes in.
  const beside = path.join(dir, `.${base}.new`);
  try {
    await rm(beside, { force: true });
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
    const handle = await open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
    try {
      await keepRights(handle, file);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    await syncFolder(dir);
    return await stat(file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    throw fileError(error, file);
  }
}

async function keepRights(handle: FileHandle, file: string): Promise<void> {
  const old = await stat(file).catch(() => undefined);
  if (old === undefined) return;
  // Only root may give files away; then it is the writer's, as any file that is newly written.
  await handle.chown(old.uid, old.gid).catch(() => {});
  await handle.chmod(old.mode & 0o777);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    // Some file systems do not sync folders, and have no need to.
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}
