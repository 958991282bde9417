import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Where programs such as nft lie; the PATH of a plain user lacks them. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * One command of a longer run.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} command program and arguments; `node` is the Node.js that runs this
 * @property {Readonly<Record<string, string>>} [env] added to the environment
 * @property {() => boolean} [isDone] asked just before: whether there is nothing to do
 */

/**
 * Environment in which `node` and the workspace's programs are found first.
 *
 * @param {string} root
 * @param {Readonly<Record<string, string>>} added
 * @param {string} node executable that `node` shall be
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(root, added = {}, node = process.execPath) {
  const folders = [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH, ...systemFolders];
  return { ...process.env, PATH: folders.join(path.delimiter), ...added };
}

/**
 * Runs commands one after the other until one fails. They write to this process's outputs and have no input.
 *
 * @param {string} root folder that they run in
 * @param {readonly Step[]} steps
 * @param {(line: string) => void} print gets a line before and after each step
 * @param {'stdout' | 'stderr'} [output] where the commands' standard output goes
 * @returns {Step | undefined} the step that failed
 */
export function runSteps(root, steps, print, output = 'stdout') {
  for (const step of steps) {
    if (step.isDone?.()) {
      print(`✓ ${step.name}: nothing to do`);
      continue;
    }
    print(`▸ ${step.name}`);
    const [program = '', ...given] = step.command;
    const started = performance.now();
    const { status, error } = spawnSync(program, given, {
      cwd: root,
      env: environment(root, step.env),
      stdio: ['ignore', output === 'stdout' ? 1 : 2, 2],
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (error) print(error.message);
    print(`${status === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`);
    if (status !== 0) return step;
  }
  return undefined;
}
