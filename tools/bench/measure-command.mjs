import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { rateOf } from './rate-of.mjs';

/** @typedef {import('./types.d.ts').Run} Run */

/**
 * @typedef {object} CommandOptions
 * @property {string | Uint8Array} [input] path of the file that the command gets as its input, or the bytes themselves;
 *   by default it has none
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {readonly number[]} [exitCodes] that count as success; default 0 only
 * @property {boolean} [keepOutput] whether the result has `output`; by default the output is discarded
 */

/**
 * Node.js does not tell what a child used. Bash does: `times` gives the user and system time of all its ended children,
 * in milliseconds. The subshell's `exec` keeps bash's own built-ins from standing in for the command.
 */
const script = '(exec "$@" 3>&-); code=$?; LC_ALL=C; times >&3; exit "$code"';

/**
 * User and system time of the children, from what `times` prints: two lines of `0m1.234s 0m0.056s`, the shell's own and
 * its children's.
 *
 * @param {string} printed
 */
function childrenCpuMs(printed) {
  const [, , , , user, userSeconds, system, systemSeconds] = [...printed.matchAll(/(\d+)m([\d.]+)s/g)].flatMap(
    ([, minutes, seconds]) => [Number(minutes), Number(seconds)],
  );
  if (systemSeconds === undefined) throw new Error(`bash did not print its times: "${printed}"`);
  return (Number(user) * 60 + Number(userSeconds) + Number(system) * 60 + systemSeconds) * 1000;
}

/**
 * Times a command: user and system time of it and of all descendants that were waited for, to the millisecond.
 *
 * @param {readonly string[]} argv program and arguments; no shell looks at them
 * @param {number} work how much work it does: lines, bytes, bans
 * @param {CommandOptions} [options]
 * @returns {Promise<Run & { output: string }>} its value is `work` per CPU second
 * @throws {Error} when the command ends with another exit code; the message has the end of its error output
 */
export async function measureCommand(argv, work, options = {}) {
  const { input, cwd, env, exitCodes = [0], keepOutput = false } = options;
  const file = typeof input === 'string' ? openSync(input, 'r') : undefined;
  const stdin = file ?? (input === undefined ? 'ignore' : 'pipe');
  const started = performance.now();
  const child = spawn('bash', ['-c', script, 'bash', ...argv], {
    cwd,
    env,
    stdio: [stdin, keepOutput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  if (file !== undefined) closeSync(file);
  // A command that does not read to the end is judged by its exit code.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const [, , errors, times] = /** @type {import('node:stream').Readable[]} */ (/** @type {unknown} */ (child.stdio));
  const [code, output, errorOutput, printed] = await Promise.all([
    new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)),
    child.stdout === null ? '' : text(child.stdout),
    text(/** @type {import('node:stream').Readable} */ (errors)),
    text(/** @type {import('node:stream').Readable} */ (times)),
  ]);
  const wallMs = performance.now() - started;
  if (!exitCodes.includes(code)) {
    throw new Error(`${argv.join(' ')} ended with exit code ${code}: ${errorOutput.trim().slice(-500)}`);
  }
  return { ...rateOf(work, wallMs, childrenCpuMs(printed)), output };
}
