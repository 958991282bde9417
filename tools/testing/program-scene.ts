import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, type Running, runProgram, startProgram } from './run-program.ts';
import { SceneFolder } from './scene-folder.ts';

export type { Ended, Running } from './run-program.ts';

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
    const options = { cwd: this.dir, env: { ...this.env, ...env }, outEncoding: this.#outEncoding };
    return runProgram([command, ...args], options, input);
  }

  /** The output of another one; a test fails where that does. */
  run(command: string, args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): string {
    const { status, out, errors } = this.attempt(command, args, input, env);
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${errors}`);
    return out;
  }

  /** Starts the program, or with `command` another one, and does not wait for its end. */
  start(args: readonly string[], command: readonly [string, ...string[]] = [process.execPath, this.#program]): Running {
    const options = { cwd: this.dir, env: this.env, outEncoding: this.#outEncoding };
    const running = startProgram([...command, ...args], options);
    const { child } = running;
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    return running;
  }

  override [Symbol.dispose](): void {
    for (const child of this.#children) child.kill('SIGKILL');
    super[Symbol.dispose]();
  }
}
