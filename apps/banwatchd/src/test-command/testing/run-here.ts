import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTest } from '../run-test.ts';

/** What a program printed, and its exit status. */
export interface ToolRun {
  readonly status: number;
  readonly out: string;
}

/** Runs `banwatch test` in this process. @param stop ends it early */
export async function runHere(
  args: readonly string[],
  stop: AbortController = new AbortController(),
): Promise<ToolRun & { readonly errors: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'banwatch-test-'));
  const [out, errors] = [path.join(folder, 'out'), path.join(folder, 'errors')];
  const [stdout, stderr] = [openSync(out, 'w'), openSync(errors, 'w')];
  try {
    const status = await runTest(args, { stdout, stderr, env: process.env, stop });
    return { status, out: readFileSync(out, 'utf8'), errors: readFileSync(errors, 'utf8') };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
    rmSync(folder, { recursive: true });
  }
}

const newTag = '{1,4}::?|:){1,7}';
const oldTag = '{1,4}::?|::){1,7}';

const isNow = (seconds: number): boolean => Math.abs(seconds * 1000 - Date.now()) < 600_000;

/**
 * The output without what no two runs have in common (how long it took, and the time of lines without a date, which is now)
 * and with 1.0.2's regex of IPv6 addresses, in whose place the later one stands here.
 */
export const comparable = ({ status, out }: ToolRun): readonly string[] => [
  `status ${status}`,
  ...out
    .replace(/^\[processed in [\d.]+ sec\]$/m, '[processed]')
    .replaceAll(/\t(\d{10}(?:\.\d+)?),/g, (whole, seconds: string) => (isNow(Number(seconds)) ? '\tnow,' : whole))
    .replaceAll(newTag, oldTag)
    // A set has no order in Python.
    .replaceAll(/'users': \{([^}]*)\}/g, (_, users: string) => `'users': {${users.split(', ').sort().join(', ')}}`)
    .split('\n'),
];
