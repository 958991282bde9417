import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Need } from './describe-with.ts';

const command = '/usr/bin/python3';

/** Debian's Python, which one of another origin may hide in the PATH; its standard library reads much of what we do. */
export const python: Need = { text: 'Python: install the package python3', isThere: existsSync(command) };

/** Runs a program that reads JSON from its standard input and writes JSON; it has `json` and `sys`. */
export function askPython<T>(program: string, question: unknown): T {
  const { status, stdout, stderr } = spawnSync(command, ['-c', `import json, sys\n${program}`], {
    input: JSON.stringify(question),
    // Python says and decodes some things differently in the locale C, which is that of a bare machine.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
