import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('python-arithmetic.py', import.meta.url));

/** An expression to evaluate, or the options of `bantime.increment` to compute a ban with, its time in seconds. */
export type PythonRow =
  | { readonly text: string }
  | { readonly options: Readonly<Record<string, string>>; readonly time: number; readonly count: number };

/** What Python makes of it. */
export type PythonAnswer = { readonly int: string } | { readonly float: string } | { readonly error: string };

/** Asks Debian's Python, for which its fail2ban is installed. The expressions see `ban.Time` 600, `ban.Count` 3, `banFactor` 1.5. */
export function askPython(rows: readonly PythonRow[]): readonly PythonAnswer[] {
  const output = execFileSync('/usr/bin/python3', [script], {
    input: JSON.stringify(rows),
    encoding: 'utf8',
    env: process.env,
    maxBuffer: 1 << 26,
  });
  return JSON.parse(output) as PythonAnswer[];
}
