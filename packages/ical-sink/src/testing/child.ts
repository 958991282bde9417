import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const children = new Set<ChildProcess>();

/** Runs `<program>.ts` of this folder in a process of its own. */
export function spawnChild(program: string, args: readonly string[]): ChildProcess {
  const flags = [
    '--import',
    here('typescript.mjs'),
    '--conditions',
    '@sluice/source',
    '--disable-warning=ExperimentalWarning',
  ];
  // Node.js 26 has a newer way to hook into loading, which 20 lacks.
  const all = [...flags, '--disable-warning=DEP0205', here(`${program}.ts`), ...args];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Ends what is left; for `afterEach`. */
export function killChildren(): void {
  for (const child of children) child.kill('SIGKILL');
}
