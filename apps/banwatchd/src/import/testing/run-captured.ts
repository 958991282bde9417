import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { newFolder } from '../../../../../tools/testing/new-folder.ts';
import { runImport } from '../run-import.ts';

/** Runs `banwatch import` in this process; what it writes goes to files. */
export async function runCaptured(
  args: readonly string[],
): Promise<{ readonly status: number; readonly out: string; readonly errors: string }> {
  const folder = newFolder();
  const files = ['out', 'errors'].map((name) => path.join(folder, name));
  const [stdout, stderr] = files.map((file) => openSync(file, 'w')) as [number, number];
  const status = await runImport(args, { stdout, stderr, env: {}, stop: new AbortController() });
  for (const fd of [stdout, stderr]) closeSync(fd);
  const [out, errors] = files.map((file) => readFileSync(file, 'utf8')) as [string, string];
  return { status, out, errors };
}
