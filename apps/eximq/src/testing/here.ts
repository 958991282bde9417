import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eximq } from '../eximq.ts';
import type { Ended } from './eximq.ts';

/** Runs eximq in this process, which is quicker than one of its own; its input and output are files. */
export async function here(args: readonly string[], input: string = ''): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eximq-test-'));
  const file = (name: string): string => path.join(folder, name);
  writeFileSync(file('in'), input);
  const fds = [openSync(file('in'), 'r'), openSync(file('out'), 'w'), openSync(file('errors'), 'w')] as const;
  try {
    const [stdin, stdout, stderr] = fds;
    const status = await eximq(args, { stdin, stdout, stderr, env: process.env, stop: new AbortController() });
    return { status, out: readFileSync(file('out'), 'utf8'), errors: readFileSync(file('errors'), 'utf8') };
  } finally {
    for (const fd of fds) closeSync(fd);
    rmSync(folder, { recursive: true });
  }
}
