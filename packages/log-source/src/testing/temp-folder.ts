import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of its own for each test of the file, removed after it. */
export function tempFolder(): (name?: string) => string {
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'log-source-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return (name = '.') => path.join(folder, name);
}
