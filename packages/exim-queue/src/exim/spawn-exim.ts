import { spawn } from 'node:child_process';
import type { Command } from '@sluice/pipeline/node';

/** How far an Exim is let go. */
export interface RunEximOptions {
  /** Ends it. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Longest time that it may take, in ms. Default 60 000. */
  readonly timeoutMs?: number | undefined;
  /** More output than this ends it, in bytes. Default 64 MiB. */
  readonly maxBytes?: number | undefined;
}

/** What an Exim wrote, and how it ended. */
export interface EximRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it, or when it was not waited for. */
  readonly exitCode: number | null;
  /** It was ended, or left alone, before it had done all: by the signal, the time or the bound. */
  readonly isCut: boolean;
}

/** How long it may take to end itself after SIGTERM. */
const graceMs = 2000;

/**
 * Runs a program to its end. An Exim that is setuid root cannot be killed by the plain user who started it: it is then
 * left alone, without its pipes, and its end is not waited for.
 */
export function spawnExim(command: Command, options: RunEximOptions = {}): Promise<EximRun> {
  const { signal, timeoutMs = 60_000, maxBytes = 64 << 20 } = options;
  if (signal?.aborted === true) return Promise.resolve({ stdout: '', stderr: '', exitCode: null, isCut: true });
  const child = spawn(command.program, command.args, {
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let bytes = 0;
  let isCut = false;
  return new Promise((resolve, reject) => {
    const timers = [setTimeout(() => cut(), timeoutMs)];
    const end = (exitCode: number | null): void => {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      const [stdout, stderr] = [Buffer.concat(output.stdout).toString(), Buffer.concat(output.stderr).toString()];
      resolve({ stdout, stderr, exitCode, isCut });
    };
    const leave = (): void => {
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      end(null);
    };
    const cut = (): void => {
      if (isCut) return;
      isCut = true;
      // What it started may hold its pipes for long: its own end is enough.
      child.once('exit', leave);
      if (child.kill()) timers.push(setTimeout(() => child.kill('SIGKILL') || leave(), graceMs));
      else leave();
    };
    const take = (chunks: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else cut();
    };
    signal?.addEventListener('abort', cut, { once: true });
    child.stdout.on('data', take(output.stdout));
    child.stderr.on('data', take(output.stderr));
    child.once('close', end);
    // Comes for a program that cannot be started, and for each signal that cannot be sent.
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.syscall === 'kill') return;
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', cut);
      reject(error);
    });
  });
}
