import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

const maxBuffer = 256 * 2 ** 20;

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

/** Where and how a program is run. */
export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Default: where the tests run. */
  readonly cwd?: string;
  /** How standard output is read: `latin1` for one character a byte. Default `utf8`. */
  readonly outEncoding?: BufferEncoding;
}

/** Runs a program to its end. */
export function runProgram(
  argv: readonly string[],
  { outEncoding = 'utf8', ...options }: ProgramOptions,
  input: string | Uint8Array = '',
): Ended {
  const [file = '', ...args] = argv;
  const { status, stdout, stderr, error } = spawnSync(file, args, { ...options, input, maxBuffer });
  // A program that needs no input may have ended before it was written.
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  return { status, out: stdout.toString(outEncoding), errors: stderr.toString() };
}

/** Starts a program and does not wait for its end, which is the caller's to see to. */
export function startProgram(argv: readonly string[], { outEncoding = 'utf8', ...options }: ProgramOptions): Running {
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.setEncoding(outEncoding).on('data', (data: string) => {
    out += data;
  });
  child.stderr.setEncoding('utf8').on('data', (data: string) => {
    errors += data;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, errors }));
  });
  return { child, out: () => out, errors: () => errors, ended };
}
