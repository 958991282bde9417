import path from 'node:path';
import { newFolder } from './new-folder.ts';

/** A folder of its own for each test of the file. All are removed at the end, when nothing uses them any more. */
export function tempFolder(): (name?: string) => string {
  let folder = '';
  beforeEach(() => {
    folder = newFolder();
  });
  return (name = '.') => path.join(folder, name);
}
