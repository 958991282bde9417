import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const children = new Set<ChildProcess>();

/** Runs a program of this folder in a process of its own, and waits for its first output. */
export async function startChild(program: string, args: readonly string[]): Promise<ChildProcess> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await once(child.stdout, 'data');
  return child;
}

/** Ends what is left; for `afterEach`. */
export async function killChildren(): Promise<void> {
  await Promise.all([...children].map((child) => (child.kill('SIGKILL') ? once(child, 'exit') : undefined)));
}
