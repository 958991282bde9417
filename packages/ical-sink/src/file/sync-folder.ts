import { open } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** Waits until the disk has the names of a folder, so that a rename survives the loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Some file systems and systems do not sync folders, and have no need to.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'EPERM' && code !== 'EISDIR' && code !== 'ENOTSUP')
      throw fileError(error, folder);
  }
}
