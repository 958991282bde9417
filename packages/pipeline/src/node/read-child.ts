import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildFailure } from './child-failure.ts';
import { gatheredSmall, withoutReadingAhead } from './small-writes.ts';

/** What to run. Arguments are passed as they are: no shell sees them. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the environment of this process; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to its standard input, which is closed after it. Default: no input. */
  readonly input?: string;
  /** Most characters that are kept of what it writes to standard error: the last ones. Default 8192. */
  readonly maxStderrChars?: number;
  /** Called when it has ended well, with what it wrote to standard error all the same. */
  readonly onWarnings?: (stderr: string) => void;
  /** Whether it writes a few hundred bytes at a time, item by item, as Subversion does. Default false. */
  readonly writesSmall?: boolean;
}

const defaultMaxStderrChars = 8192;
/** So much comes at once, for those who wait for a short answer or for the first item. */
const promptBytes = 1 << 16;
const smallBytes = 1 << 15;
const gatherMs = 1;
/** How long a child may take to end itself after SIGTERM. */
const graceMs = 2000;

/**
 * The output of a child process, in chunks as they come; the pipe pauses while the consumer is busy.
 *
 * 1. `return()`, `throw()` and an abort kill the child and wait until it is gone. An abort ends the iteration quietly.
 * 2. After the last chunk, an exit code other than 0 or a signal throws {@link ChildFailure}: a short read is never taken
 *    for a whole one. A program that cannot be started throws the system's error (`code: 'ENOENT'`).
 */
export async function* readChild(command: Command, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  if (signal?.aborted === true) return;
  const start = (): ChildProcess =>
    spawn(command.program, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
  const child = command.writesSmall === true ? withoutReadingAhead(start) : start();
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
    // It comes again with each signal that may not be sent: to a setuid program of another user.
    child.on('error', reject);
    child.once('close', (code, exitSignal) => resolve([code, exitSignal]));
  });
  // Awaited below, but only after the output: until then a failure to start must not count as unhandled.
  ended.catch(() => {});
  const { maxStderrChars = defaultMaxStderrChars } = command;
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-maxStderrChars);
  });
  // A child that ends before it has read its input is judged by its exit code.
  child.stdin?.on('error', () => {}).end(command.input);
  const isAborted = (): boolean => signal?.aborted === true;
  const stop = (): void => {
    child.stdout?.destroy();
    child.kill();
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (child.stdout === null) throw new TypeError('no pipe');
    yield* command.writesSmall === true ? gatheredSmall(child.stdout) : gathered(child.stdout);
    const [code, exitSignal] = await ended;
    if (isAborted()) return;
    if (code !== 0) throw new ChildFailure(command.program, code, exitSignal, stderr);
    if (stderr !== '') command.onWarnings?.(stderr);
  } catch (error) {
    // The stream that was cut by the abort says so by an error of its own.
    if (!isAborted()) throw await startFailure(ended, error);
  } finally {
    signal?.removeEventListener('abort', stop);
    await end(child, ended);
  }
}

/**
 * Chunks as they come, and after the first ones larger ones. Programs write a few kilobytes at a time, and being woken
 * for each costs more than reading them; a millisecond later there are more.
 */
async function* gathered(output: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of output) {
    yield chunk;
    bytes += chunk.length;
    if (bytes > promptBytes && chunk.length < smallBytes) await sleep(gatherMs);
  }
}

/** The failure to start, where that is the reason of another error. */
const startFailure = (ended: Promise<unknown>, error: unknown): Promise<unknown> =>
  error instanceof ChildFailure
    ? Promise.resolve(error)
    : ended.then(
        () => error,
        (reason: unknown) => reason,
      );

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    // One that may not be killed finds its pipes closed.
    if (!child.kill()) return;
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended.catch(() => {});
    clearTimeout(force);
  }
}
