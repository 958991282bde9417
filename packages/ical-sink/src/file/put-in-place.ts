import path from 'node:path';
import { syncFolder } from './sync-folder.ts';
import type { TemporaryFile } from './temporary-file.ts';

/** Lets settled temporary files take their targets' places, each in one step, one right after the other. */
export async function putInPlace(files: readonly TemporaryFile[]): Promise<void> {
  for (const file of files) await file.replace();
  for (const folder of new Set(files.map(({ target }) => path.dirname(target.path)))) await syncFolder(folder);
}
