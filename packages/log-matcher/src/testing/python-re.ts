import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Need, program } from '../../../../tools/testing/describe-with.ts';

/** A pattern, Python's flags as letters (`m`, `i`, …), and what to search. */
export type PythonCase = readonly [pattern: string, flags: string, subject: string];

/** Spans of all groups; null for a group that did not take part. */
export type Spans = readonly (readonly [start: number, end: number] | null)[];

export type PythonAnswer =
  | Spans
  | null
  | { readonly error: string }
  | { readonly timeout: true }
  | { readonly fault: string };

const acceptsScript = `import json, re, sys, warnings
warnings.simplefilter("ignore")
def fault(pattern):
    try:
        re.compile(pattern)
    except Exception as error:
        return str(error)
json.dump([fault(pattern) for pattern in json.load(sys.stdin)], sys.stdout)
`;
const script = fileURLToPath(new URL('python-re.py', import.meta.url));
const maxBuffer = 1 << 28;

/** CPython, with which answers are compared. */
export const python: Need = program('python3');

function runPython(args: readonly string[], input: unknown): unknown {
  const options = { input: JSON.stringify(input), encoding: 'utf8', maxBuffer } as const;
  const { status, stdout, stderr } = spawnSync('python3', args, options);
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr} (needs ${python.text})`);
  return JSON.parse(stdout);
}

/**
 * What CPython's `re.search` says to each case, asked in one process.
 *
 * @param timeoutMs for one search; beyond it the answer is a timeout
 */
export function askPython(cases: readonly PythonCase[], timeoutMs = 1000): readonly PythonAnswer[] {
  return runPython([script, String(timeoutMs / 1000)], cases) as readonly PythonAnswer[];
}

/** The error with which CPython's `re.compile` refuses each text; null where it takes it. */
export function askWhatPythonAccepts(patterns: readonly string[]): readonly (string | null)[] {
  return runPython(['-c', acceptsScript], patterns) as readonly (string | null)[];
}
