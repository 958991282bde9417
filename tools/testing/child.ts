import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const children = new Set<ChildProcess>();

// Node.js 26 has a newer way to hook into loading than what typescript.mjs uses, which 20 lacks.
const fromSource = [
  '--import',
  new URL('typescript.mjs', import.meta.url).href,
  '--conditions',
  '@sluice/source',
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=DEP0205',
];

/**
 * Runs a module in a process of its own; what it imports of the workspace comes from source.
 *
 * @param module such as `new URL('./testing/upsert-child.ts', import.meta.url)`
 * @param options as of `spawn`; without `stdio` all three streams are pipes
 * @param wrapper command that runs the command it is given, such as `unshare`
 */
export function spawnChild(
  module: URL,
  args: readonly string[] = [],
  options: SpawnOptions = {},
  wrapper: readonly string[] = [],
): ChildProcess {
  const flags = module.pathname.endsWith('.ts') ? fromSource : [];
  const [command = '', ...rest] = [...wrapper, process.execPath, ...flags, fileURLToPath(module), ...args];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'pipe'], env: process.env, ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs a module as `spawnChild` does, without input and with our standard error, and waits for its first output. */
export async function startChild(module: URL, args: readonly string[] = []): Promise<ChildProcess> {
  const child = spawnChild(module, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout !== null) await once(child.stdout, 'data');
  return child;
}

/** Ends what is left of all children, and waits until it is gone; for `afterEach`. */
export async function killChildren(): Promise<void> {
  await Promise.all([...children].map((child) => (child.kill('SIGKILL') ? once(child, 'exit') : undefined)));
}

/** Everything that a child wrote, and how it ended. */
export async function ended(
  child: ChildProcess,
): Promise<{ stdout: string; stderr: string; code: number | null; signal: string | null }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (block) => {
    stdout += block;
  });
  child.stderr?.on('data', (block) => {
    stderr += block;
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ stdout, stderr, code, signal }));
  });
}
