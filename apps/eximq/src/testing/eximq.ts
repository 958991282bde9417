import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, type Running, runProgram, startProgram } from '../../../../tools/testing/run-program.ts';

export type { Ended, Running } from '../../../../tools/testing/run-program.ts';

export const program: string = fileURLToPath(new URL('../../bin/eximq.cjs', import.meta.url));

/** The environment of programs that tests start: times are of UTC. */
export const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TZ: 'UTC', LC_ALL: 'C.UTF-8' });

/** Runs eximq to its end. */
export function eximq(args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): Ended {
  return command([process.execPath, program, ...args], input, env);
}

/** Runs any program to its end. */
export const command = (argv: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}): Ended =>
  runProgram(argv, { env: { ...environment(), ...env } }, input);

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts eximq and does not wait for its end. What a test leaves running is killed after it. */
export function startEximq(args: readonly string[]): Running {
  const started = startProgram([process.execPath, program, ...args], { env: environment() });
  const { child } = started;
  running.add(child);
  child.once('close', () => running.delete(child));
  return started;
}
