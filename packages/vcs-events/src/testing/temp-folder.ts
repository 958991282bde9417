import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folders: string[] = [];

/** A folder of its own. All are removed when the file's tests have run. */
export const tempFolder = (): string => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'vcs-events-')));
  folders.push(folder);
  return folder;
};

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
