import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SceneFolder } from './scene-folder.ts';

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

/** A folder of its own in which a program of the workspace, and others, are run; none outlives it. */
export class ProgramScene extends SceneFolder {
  /** The environment of what is run. */
  readonly env: NodeJS.ProcessEnv;
  readonly #program: string;
  readonly #outEncoding: BufferEncoding;
  readonly #children = new Set<ChildProcess>();

  /**
   * @param program its `bin`
   * @param outEncoding how standard output is read: `latin1` for one character a byte
   */
  constructor(program: URL, outEncoding: BufferEncoding = 'utf8', env: NodeJS.ProcessEnv = {}) {
    super();
    this.#program = fileURLToPath(program);
    this.#outEncoding = outEncoding;
    this.env = { ...process.env, LC_ALL: 'C.UTF-8', ...env };
  }

  /** Runs the program to its end. */
  program(args: readonly string[], input: string | Uint8Array = ''): Ended {
    return this.attempt(process.execPath, [this.#program, ...args], input);
  }

  /** Runs another one to its end. */
  attempt(
    command: string,
    args: readonly string[],
    input: string | Uint8Array = '',
    env: NodeJS.ProcessEnv = {},
  ): Ended {
    const options = { cwd: this.dir, input, env: { ...this.env, ...env }, maxBuffer };
    const { status, stdout, stderr, error } = spawnSync(command, args, options);
    // A program that needs no input may have ended before it was written.
    if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    return { status, out: stdout.toString(this.#outEncoding), errors: stderr.toString() };
  }

  /** The output of another one; a test fails where that does. */
  run(command: string, args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): string {
    const { status, out, errors } = this.attempt(command, args, input, env);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${errors}`);
    return out;
  }

  /** Starts the program, or with `command` another one, and does not wait for its end. */
  start(args: readonly string[], command: readonly [string, ...string[]] = [process.execPath, this.#program]): Running {
    const [file, ...before] = command;
    const child = spawn(file, [...before, ...args], { cwd: this.dir, env: this.env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#children.add(child);
    let out = '';
    let errors = '';
    child.stdout.setEncoding(this.#outEncoding).on('data', (data: string) => {
      out += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data: string) => {
      errors += data;
    });
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        this.#children.delete(child);
        resolve({ status, out, errors });
      });
    });
    return { child, out: () => out, errors: () => errors, ended };
  }

  override [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    super[Symbol.dispose]();
  }
}
