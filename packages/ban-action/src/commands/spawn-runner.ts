import { type ChildProcess, spawn } from 'node:child_process';
import { BoundedOutput } from './bounded-output.ts';
import type { Command, CommandResult, CommandRunner } from './command-runner.ts';
import { endGroup } from './process-group.ts';

/** How long output may still come after the program itself has ended, from a child that it left behind. */
const LINGER_MS = 100;

/** Options of {@link createSpawnRunner}. */
export interface SpawnRunnerOptions {
  /** Put before every command: `['nsenter', '--net=/run/netns/web']`. Default nothing. */
  readonly prefix?: readonly string[];
  /** Time from SIGTERM to SIGKILL. Default 200. */
  readonly graceMs?: number;
}

interface End {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
}

function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => {
      const settle = (): void => {
        clearTimeout(timer);
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined });
      };
      const timer = setTimeout(settle, LINGER_MS);
      child.once('close', settle);
    });
  });
}

const notStarted: CommandResult = { exitCode: undefined, stdout: '', stderr: '', timedOut: false, aborted: true };

/**
 * Runs programs for real, each in a process group of its own.
 *
 * - On timeout or abort the program and all that it started get SIGTERM, and what is left SIGKILL; both have been sent
 *   when the result comes.
 * - What a program leaves in the background is neither waited for nor ended when the program ends by itself.
 */
export function createSpawnRunner({ prefix = [], graceMs = 200 }: SpawnRunnerOptions = {}): CommandRunner {
  async function run(command: Command, abort?: AbortSignal): Promise<CommandResult> {
    const { argv, input, timeoutMs, maxOutputBytes = 65_536, env } = command;
    if (abort?.aborted) return notStarted;
    const [program = '', ...args] = [...prefix, ...argv];
    const child = spawn(program, args, {
      detached: true,
      env: env === undefined ? process.env : { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const end = ended(child);
    const stdout = new BoundedOutput(child.stdout, maxOutputBytes);
    const stderr = new BoundedOutput(child.stderr, maxOutputBytes);
    // A program that ends without reading its input is judged by its exit status.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);

    let why: 'timeout' | 'abort' | undefined;
    let gone: Promise<void> | undefined;
    const stop = (reason: 'timeout' | 'abort'): void => {
      const isOver = child.exitCode !== null || child.signalCode !== null;
      if (isOver || why !== undefined || child.pid === undefined) return;
      why = reason;
      gone = endGroup(child.pid, graceMs);
    };
    const onAbort = (): void => stop('abort');
    const timer = setTimeout(stop, timeoutMs, 'timeout');
    abort?.addEventListener('abort', onAbort, { once: true });
    try {
      const { exitCode, signal } = await end;
      await gone;
      const droppedBytes = stdout.droppedBytes + stderr.droppedBytes;
      const output = { stdout: stdout.text, stderr: stderr.text, droppedBytes };
      return { exitCode, signal, ...output, timedOut: why === 'timeout', aborted: why === 'abort' };
    } finally {
      clearTimeout(timer);
      abort?.removeEventListener('abort', onAbort);
    }
  }

  return { run };
}

/** Runs programs as they are named. */
export const spawnRunner: CommandRunner = createSpawnRunner();
