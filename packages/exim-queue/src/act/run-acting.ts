import { type ChildProcess, spawn } from 'node:child_process';
import type { Command } from '@sluice/pipeline/node';
import { OutputFile } from './output-file.ts';

/** How an Exim that changes messages is run. */
export interface ActingOptions {
  /** Longest time that it may take, in ms. */
  readonly timeoutMs: number;
  /** More output than this ends it, in bytes. */
  readonly maxBytes: number;
  /**
   * It delivers: mail that it has handed over already is sent twice if it cannot note so any more. It is then neither
   * killed, but left to itself when its time is over, nor given a pipe to write to, which breaks when nobody reads it:
   * bounces that it sends go on being delivered, and speaking, after it has ended.
   */
  readonly isDelivery: boolean;
}

/** What it wrote, and how it ended. */
export interface ActingRun {
  readonly stdout: string;
  readonly stderr: string;
  /** It goes on: it was left to itself. */
  readonly isLeft: boolean;
  /** How it ended, in words for people; `''` when it ended by itself with exit code 0 or 1. */
  readonly end: string;
  /** It could not be started; `end` says why. */
  readonly isUnstarted: boolean;
}

/** How long it may take to end itself after SIGTERM, and its output to end after it. */
const graceMs = 2000;
const maxStderrChars = 16_384;

/**
 * Runs an Exim to its end. It gets a session of its own, so that a Ctrl-C at the terminal does not stop it in the middle
 * of a message. Never rejects, and resolves at the latest some seconds after its time.
 */
export function runActing(command: Command, options: ActingOptions): Promise<ActingRun> {
  return new Promise((resolve) => {
    new ActingProcess(command, options, resolve).start();
  });
}

class ActingProcess {
  readonly #command: Command;
  readonly #options: ActingOptions;
  readonly #resolve: (run: ActingRun) => void;
  readonly #stdout: Buffer[] = [];
  #bytes = 0;
  #stderr = '';
  #file: OutputFile | undefined;
  #child: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Why it was ended before its time. */
  #cut = '';
  /** How it ended by itself. */
  #ended: string | undefined;
  #isFinished = false;

  constructor(command: Command, options: ActingOptions, resolve: (run: ActingRun) => void) {
    this.#command = command;
    this.#options = options;
    this.#resolve = resolve;
  }

  start(): void {
    if (this.#options.isDelivery) this.#file = OutputFile.make();
    let child: ChildProcess;
    try {
      child = this.#spawn();
    } catch (error) {
      this.#unstarted(error as Error);
      return;
    }
    this.#child = child;
    const { timeoutMs, maxBytes } = this.#options;
    this.#after(timeoutMs, () => this.#stop(`it took more than ${timeoutMs} ms`));
    child.stdout?.on('data', (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes <= maxBytes) this.#stdout.push(chunk);
      else this.#stop(`it printed more than ${maxBytes} bytes`);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-maxStderrChars);
    });
    child.once('exit', (code, signal) => {
      this.#ended = signal !== null ? `it was ended by ${signal}` : code === 0 || code === 1 ? '' : `exit code ${code}`;
      // What it started may hold its output open.
      this.#after(graceMs, () => this.#finish());
    });
    child.once('close', () => this.#finish());
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.syscall?.startsWith('spawn') === true) this.#unstarted(error);
    });
  }

  #spawn(): ChildProcess {
    const { isDelivery } = this.#options;
    return spawn(this.#command.program, this.#command.args, {
      env: { ...process.env, ...this.#command.env },
      stdio: ['ignore', isDelivery ? 'ignore' : 'pipe', isDelivery ? (this.#file?.fd ?? 'ignore') : 'pipe'],
      detached: true,
      windowsHide: true,
    });
  }

  /** Ends it before its time. */
  #stop(why: string): void {
    if (this.#cut !== '' || this.#ended !== undefined) return;
    this.#cut = why;
    if (this.#options.isDelivery) {
      this.#finish();
      return;
    }
    this.#kill('SIGTERM');
    this.#after(graceMs, () => {
      this.#kill('SIGKILL');
      // One that a plain user started and that runs as root cannot be killed by him: it is left to itself.
      this.#after(graceMs, () => this.#finish());
    });
  }

  #kill(signal: NodeJS.Signals): void {
    try {
      if (this.#child?.pid !== undefined) process.kill(-this.#child.pid, signal);
    } catch {
      this.#child?.kill(signal);
    }
  }

  #unstarted(error: Error): void {
    this.#cut = `${this.#command.program} cannot be run: ${error.message}`;
    this.#finish(true);
  }

  #finish(isUnstarted: boolean = false): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    clearTimeout(this.#timer);
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
    const isLeft = !isUnstarted && this.#ended === undefined;
    if (isLeft) this.#child?.unref();
    const stderr = this.#file?.read() ?? this.#stderr;
    this.#file?.close();
    const end = this.#cut !== '' ? this.#cut : (this.#ended ?? '');
    this.#resolve({ stdout: Buffer.concat(this.#stdout).toString(), stderr, isLeft, end, isUnstarted });
  }

  /** One thing waits at a time. */
  #after(ms: number, work: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, ms);
  }
}
