import { type ChildProcess, spawn } from 'node:child_process';
import { LineSplitter, pause } from '@sluice/pipeline/node';
import type { BanActionError } from '../ban-action-error.ts';
import { lastLine } from '../commands/last-line.ts';
import { endGroup } from '../commands/process-group.ts';
import { startError } from '../commands/start-error.ts';
import { type HookAnswer, readAnswer } from './hook-answer.ts';

const maxAnswerChars = 65_536;
const maxStderrChars = 8192;
/** How long it may take to end once its input has ended. */
const graceMs = 2000;

/** How a question ended: all answered, the program ended, or it was waited for no longer. */
export type AskEnd = 'answered' | 'ended' | 'timeout' | 'aborted';

/** A program that reads lines and answers each. One question at a time. */
export class HookProcess {
  readonly #child: ChildProcess;
  /** Rejects when there is no such program. */
  readonly started: Promise<void>;
  readonly #gone: Promise<void>;
  #isGone = false;
  #stderr = '';
  #startFault: BanActionError | undefined;
  #onAnswer: (answer: HookAnswer) => void = () => {};
  #onGone: () => void = () => {};

  constructor(name: string, [program = '', ...args]: readonly string[]) {
    this.#child = spawn(program, args, { detached: true, stdio: 'pipe' });
    const { stdin, stdout, stderr } = this.#child;
    const lines = new LineSplitter(maxAnswerChars, (line) => {
      const answer = readAnswer(line);
      if (answer !== undefined) this.#onAnswer(answer);
    });
    stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-maxStderrChars);
    });
    // A program that ends without reading its input is noticed by its end.
    stdin?.on('error', () => {});
    this.started = new Promise((resolve, reject) => {
      this.#child.once('spawn', resolve);
      this.#child.once('error', (cause) => reject(startError(name, program, cause)));
    });
    // Whoever does not look at it sees the same when asking.
    this.started.catch(() => {});
    this.#gone = new Promise((resolve) => {
      const end = (): void => {
        this.#isGone = true;
        this.#onGone();
        resolve();
      };
      this.#child.once('error', (cause) => {
        this.#startFault = startError(name, program, cause);
        end();
      });
      this.#child.once('close', end);
    });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** How it ended, to go on with a sentence, or why it could not be started. */
  get ending(): string | BanActionError {
    if (this.#startFault !== undefined) return this.#startFault;
    const { exitCode, signalCode } = this.#child;
    const how = exitCode === null ? `was ended by ${signalCode ?? 'a signal'}` : `ended with exit code ${exitCode}`;
    return `${how}${lastLine(this.#stderr)}`;
  }

  /** Writes the lines and gathers the answers to these numbers; what is missing in `answers` was not answered. */
  async ask(
    lines: string,
    seqs: ReadonlySet<number>,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<{ readonly end: AskEnd; readonly answers: ReadonlyMap<number, HookAnswer> }> {
    const answers = new Map<number, HookAnswer>();
    let settle: (end: AskEnd) => void = () => {};
    const settled = new Promise<AskEnd>((resolve) => {
      settle = resolve;
    });
    const timer = setTimeout(settle, timeoutMs, 'timeout');
    const abort = (): void => settle('aborted');
    signal?.addEventListener('abort', abort, { once: true });
    this.#onAnswer = (answer) => {
      if (seqs.has(answer.seq)) answers.set(answer.seq, answer);
      if (answers.size === seqs.size) settle('answered');
    };
    this.#onGone = () => settle('ended');
    if (this.#isGone) settle('ended');
    else if (signal?.aborted) settle('aborted');
    else this.#child.stdin?.write(lines);
    const end = await settled;
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    this.#onAnswer = () => {};
    this.#onGone = () => {};
    return { end, answers };
  }

  /** Ends its input, and it and all that it started when it does not end by itself. */
  async stop(isPatient: boolean): Promise<void> {
    this.#child.stdin?.end();
    if (isPatient) {
      const over = new AbortController();
      const gone = this.#gone.then(() => over.abort());
      await pause(graceMs, over.signal);
      if (this.#isGone) return gone;
    }
    if (this.#child.pid !== undefined && !this.#isGone) await endGroup(this.#child.pid, 200);
  }
}
