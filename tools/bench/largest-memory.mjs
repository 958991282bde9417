import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Node.js does not tell a child's memory; Python does, in KiB, of the largest process among all that were waited for. */
const script = `
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
`;

/**
 * The largest resident set of a command and its children, in MB.
 *
 * @param {readonly string[]} argv
 * @returns {Promise<import('./types.d.ts').Run>}
 */
export async function largestMemory(argv) {
  const started = performance.now();
  const { stdout } = await run('/usr/bin/python3', ['-c', script, ...argv]);
  return { value: (Number(stdout) * 1024) / 1e6, wallMs: performance.now() - started, cpuMs: 0 };
}
