import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own for each test of the file. All are removed at the end, when nothing reads them any more. */
export function tempFolder(): (name?: string) => string {
  const folders: string[] = [];
  beforeEach(() => {
    folders.push(realpathSync(mkdtempSync(path.join(tmpdir(), 'mail-source-'))));
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return (name = '.') => path.join(folders.at(-1) ?? '', name);
}
