import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const children = new Set<ChildProcess>();

/**
 * Runs `<program>.ts` of this folder in a process of its own.
 *
 * @param wrapper command that runs the command it is given, such as `unshare`
 */
export function spawnChild(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
  wrapper: readonly string[] = [],
): ChildProcess {
  const flags = [
    '--import',
    here('typescript.mjs'),
    '--conditions',
    '@sluice/source',
    '--disable-warning=ExperimentalWarning',
    // Node.js 26 has a newer way to hook into loading, which 20 lacks.
    '--disable-warning=DEP0205',
  ];
  const [command = '', ...rest] = [...wrapper, process.execPath, ...flags, here(`${program}.ts`), ...args];
  const child = spawn(command, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...options,
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends what is left; for `afterEach`. */
export function killChildren(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** Everything that a child wrote and how it ended. */
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
