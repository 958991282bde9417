import { spawn } from 'node:child_process';

/** What a program wrote, and how it ended. */
export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** Both outputs as bytes, where text would lose something. */
  readonly bytes: Buffer;
  readonly code: number | null;
  /** Wall clock before and after, for what depends on the time. */
  readonly startedMs: number;
  readonly endedMs: number;
}

/** Runs a program without a shell, in the C locale, and kills it after a minute. */
export function runCommand(argv: readonly string[], input: string | Uint8Array = ''): Promise<CommandResult> {
  const [command = '', ...args] = argv;
  const startedMs = Date.now();
  const child = spawn(command, args, { env: { ...process.env, LC_ALL: 'C' }, timeout: 60_000, killSignal: 'SIGKILL' });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (block: Buffer) => stdout.push(block));
  child.stderr.on('data', (block: Buffer) => stderr.push(block));
  // A program that does not read its input is no error here: its own words tell.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const bytes = Buffer.concat(stdout);
      const text = Buffer.concat(stderr).toString();
      resolve({ stdout: bytes.toString(), stderr: text, bytes, code, startedMs, endedMs: Date.now() });
    });
  });
}
