import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { BanActionError } from '../ban-action-error.ts';
import { startError } from '../commands/start-error.ts';
import { type ToolSetup, tooSlow } from '../drivers/tool.ts';

/** What `ipset` said to a line, joined; empty when it said nothing, which is success. */
export type Answers = readonly string[];

/** A run of lines that waits for its answers. */
interface Asking {
  readonly answers: string[];
  settle(fault?: BanActionError): void;
}

/** Most that is kept of one complaint. */
const maxAnswerChars = 1000;

/**
 * A long-lived `ipset - -!`, which takes a command a line and says on its standard error what went wrong with it, and
 * nothing when all went well. So each line is followed by one that fails for certain, before it gets to the kernel, and
 * whose complaint holds a number of ours: what was said before it is the answer to the line.
 *
 * One run at a time. A session that was ended, or whose program has died, is of no more use.
 */
export class IpsetSession {
  readonly #setup: ToolSetup;
  readonly #child: ChildProcess;
  #asking: Asking | undefined;
  #fault: BanActionError | undefined;
  /** Number of the mark that is heard next. */
  #next = 0;
  /** Number of the first mark that no line has yet. */
  #free = 0;
  #said = '';
  #rest = '';

  constructor(setup: ToolSetup) {
    this.#setup = setup;
    const [program = '', ...args] = [...setup.prefix, 'ipset', '-', '-!'];
    // Its standard output has prompts only, and is buffered besides.
    this.#child = spawn(program, args, {
      stdio: ['pipe', 'ignore', 'pipe'],
      // What a terminal sends to the whole group is not for it: it may be needed until the last unban.
      detached: true,
      env: { ...process.env, LC_ALL: 'C' },
    });
    const { name } = setup;
    this.#child.on('error', (error) => this.#end(startError(name, program, error)));
    this.#child.once('close', () => {
      const said = this.#rest.trim().slice(0, maxAnswerChars);
      this.#end(new BanActionError('ERR_BAN_ACTION_FAILED', `${name}: ipset ended${said === '' ? '' : `: ${said}`}`));
    });
    this.#child.stdin?.on('error', () => {});
    // While it is asked nothing it keeps no process alive: when ours ends, it finds its input closed and ends, too.
    this.#child.unref();
    for (const pipe of [this.#child.stdin, this.#child.stderr]) (pipe as Socket | null)?.unref();
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
  }

  get isOver(): boolean {
    return this.#fault !== undefined;
  }

  /**
   * Runs lines in their order, each by itself: one that fails does not hinder the others.
   *
   * @throws BanActionError when the program does not answer any more; some of the lines may have been run
   */
  async run(lines: readonly string[], signal?: AbortSignal): Promise<Answers> {
    if (this.#fault !== undefined) throw this.#fault;
    const { name, timeoutMs } = this.#setup;
    const stop = (): void => this.#end(new BanActionError('ERR_BAN_ACTION_ABORTED', `${name}: ipset was stopped`));
    if (signal?.aborted) stop();
    const timer = setTimeout(() => this.#end(tooSlow(name, 'ipset', timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await this.#ask(lines);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Ends the program; resolves when it is gone. */
  async close(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const gone = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await gone;
  }

  #ask(lines: readonly string[]): Promise<Answers> {
    return new Promise((resolve, reject) => {
      const answers: string[] = [];
      const settle = (fault?: BanActionError): void => {
        this.#asking = undefined;
        if (fault === undefined) resolve(answers);
        else reject(fault);
      };
      if (this.#fault !== undefined || lines.length === 0) return settle(this.#fault);
      const first = this.#free;
      this.#asking = { answers, settle };
      this.#free += lines.length;
      this.#child.stdin?.write(lines.map((line, n) => `${line}\nlist -o ${mark(first + n)}\n`).join(''));
    });
  }

  #hear(text: string): void {
    const lines = `${this.#rest}${text}`.split('\n');
    this.#rest = (lines.pop() ?? '').slice(-maxAnswerChars);
    for (const line of lines) {
      if (!line.includes(`'${mark(this.#next)}'`)) {
        this.#said = `${this.#said}${line}\n`.slice(0, maxAnswerChars);
        continue;
      }
      this.#asking?.answers.push(this.#said);
      this.#said = '';
      this.#next += 1;
      if (this.#next === this.#free) this.#asking?.settle();
    }
  }

  #end(fault: BanActionError): void {
    this.#fault ??= fault;
    this.#child.kill('SIGKILL');
    this.#asking?.settle(this.#fault);
  }
}

const mark = (n: number): string => `mark-${n}`;
