import { type ChildProcess, spawn } from 'node:child_process';
import { reasonOf } from '@sluice/command-line';
import type { LogLevel } from './log-level.ts';
import type { LogWriter, WriterTroubles } from './log-writer.ts';

/** Lines that wait for a slow program; further ones are lost and counted. */
const maxWaitingBytes = 256 * 1024;
/** How long after its end a program is started again. */
const restartMs = 1000;
/** How long the programs may take to pass on their last lines. */
const lastLinesMs = 2000;

export interface ProgramOptions {
  /** Key of the program that takes a line, by the logger's name: one runs for each. Default: one for all. */
  readonly keyOf?: (name: string) => string;
  /** Its command line. */
  readonly argvOf: (key: string) => readonly string[];
  /** What stands in front of a line. */
  readonly prefixOf: (level: LogLevel) => string;
  /** Default 16. */
  readonly maxPrograms?: number;
}

interface Program {
  child?: ChildProcess;
  endedAtMs: number;
}

/**
 * Gives lines to programs that run as long as the log does, by their standard input: `logger` and `systemd-cat`, since
 * Node.js has no datagrams on UNIX sockets. One that ends is started again with the next line, at most once a second.
 */
export class ProgramWriter implements LogWriter {
  readonly #options: ProgramOptions;
  readonly #troubles: WriterTroubles;
  readonly #programs = new Map<string, Program>();
  #lost = 0;
  #isBroken = false;

  constructor(options: ProgramOptions, troubles: WriterTroubles) {
    this.#options = options;
    this.#troubles = troubles;
  }

  write(line: string, level: LogLevel, name: string): void {
    const stdin = this.#programFor(name)?.stdin;
    if (!stdin || stdin.destroyed || stdin.writableLength > maxWaitingBytes) {
      this.#lost += 1;
      return;
    }
    stdin.write(`${this.#options.prefixOf(level)}${line}\n`);
    if (this.#lost === 0) return;
    const lost = this.#lost;
    [this.#lost, this.#isBroken] = [0, false];
    this.#troubles.mended(lost);
  }

  flush(): void {}

  async close(): Promise<void> {
    await Promise.all([...this.#programs.values()].map(({ child }) => child && endOf(child)));
  }

  #programFor(name: string): ChildProcess | undefined {
    const { keyOf = () => '', maxPrograms = 16 } = this.#options;
    let key = keyOf(name);
    if (!this.#programs.has(key) && this.#programs.size >= maxPrograms) [key = ''] = this.#programs.keys();
    const program = this.#programs.get(key) ?? { endedAtMs: Number.NEGATIVE_INFINITY };
    this.#programs.set(key, program);
    if (program.child === undefined && performance.now() - program.endedAtMs >= restartMs)
      program.child = this.#start(key, program);
    return program.child;
  }

  #start(key: string, program: Program): ChildProcess {
    const [command = '', ...args] = this.#options.argvOf(key);
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    const broken = (reason: string): void => {
      if (!this.#isBroken) this.#troubles.broken(`${command}: ${reason}`);
      this.#isBroken = true;
    };
    const ended = (): void => {
      program.endedAtMs = performance.now();
      if (program.child === child) delete program.child;
    };
    child.on('error', (error) => {
      broken(`${reasonOf(error)}; install it, or choose another logtarget`);
      ended();
    });
    child.on('exit', ended);
    // A program that has gone is seen by its exit.
    child.stdin.on('error', () => {});
    child.stderr.on('data', (text: Buffer) => broken(text.toString().trim().slice(0, 200)));
    return child;
  }
}

/** Lets a program read what was written, and ends it when it does not. */
function endOf(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), lastLinesMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin?.end();
  });
}
