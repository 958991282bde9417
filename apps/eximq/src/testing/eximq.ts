import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const program: string = fileURLToPath(new URL('../../bin/eximq.cjs', import.meta.url));
const maxBuffer = 64 * 2 ** 20;

/** How a program ended and what it wrote. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly errors: string;
}

/** A program that is running. */
export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly errors: () => string;
  readonly ended: Promise<Ended>;
}

/** The environment of programs that tests start: times are of UTC. */
export const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' });

/** Runs eximq to its end. */
export function eximq(args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): Ended {
  return command([process.execPath, program, ...args], input, env);
}

/** Runs any program to its end. */
export function command(argv: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): Ended {
  const [file = '', ...args] = argv;
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    input,
    env: { ...environment(), ...env },
    maxBuffer,
  });
  // A program that needs no input may have ended before it was written.
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  return { status, out: stdout.toString(), errors: stderr.toString() };
}

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts eximq and does not wait for its end. What a test leaves running is killed after it. */
export function startEximq(args: readonly string[]): Running {
  const child = spawn(process.execPath, [program, ...args], { env: environment(), stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  let out = '';
  let errors = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      running.delete(child);
      resolve({ status, out, errors });
    });
  });
  return { child, out: () => out, errors: () => errors, ended };
}
