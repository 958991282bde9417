import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Need } from '../../../../tools/testing/describe-with.ts';

const command = '/usr/bin/python3';

/** Debian's Python, whose standard library reads mails too. */
export const python: Need = { text: 'Python: install the package python3', isThere: existsSync(command) };

/** Runs a program that reads JSON from its standard input and writes JSON. */
export function askPython<T>(program: string, question: unknown): T {
  const { status, stdout, stderr } = spawnSync(command, ['-c', `import json, sys\n${program}`], {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
}
