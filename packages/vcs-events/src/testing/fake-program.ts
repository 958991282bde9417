import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from '../../../../tools/testing/new-folder.ts';

/** Runs `body` while a shell script stands in for a program. */
export async function withProgram<T>(name: string, script: string, body: () => Promise<T>): Promise<T> {
  const folder = newFolder();
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, name), 0o755);
  return withPath(`${folder}${path.delimiter}${process.env['PATH']}`, body);
}

/** Runs `body` with nothing in the PATH. */
export const withoutPrograms = <T>(body: () => Promise<T>): Promise<T> => withPath(newFolder(), body);

async function withPath<T>(wanted: string, body: () => Promise<T>): Promise<T> {
  const usual = process.env['PATH'];
  process.env['PATH'] = wanted;
  try {
    return await body();
  } finally {
    process.env['PATH'] = usual;
  }
}
