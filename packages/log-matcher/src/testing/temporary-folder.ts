import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is there while the tests of a block run. */
export interface TemporaryFolder {
  path(name: string): string;
  /** Writes a file; its path. */
  write(name: string, content: string | Uint8Array): string;
}

/** Makes a folder before the tests of the present block and removes it after them. */
export function temporaryFolder(): TemporaryFolder {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'log-matcher-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const at = (name: string): string => path.join(folder, name);
  return {
    path: at,
    write(name, content) {
      writeFileSync(at(name), content);
      return at(name);
    },
  };
}
