import { BanActionError } from '../ban-action-error.ts';
import type { CommandRunner } from '../commands/command-runner.ts';
import { startError } from '../commands/start-error.ts';

/** What running the programs of a firewall takes. */
export interface ToolSetup {
  /** Of the driver, to begin messages with. */
  readonly name: string;
  /** Put before every command. */
  readonly prefix: readonly string[];
  readonly timeoutMs: number;
  readonly runner: CommandRunner;
}

/** How a program ended that ended by itself. */
export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program's complaint means, the first that fits: a pattern, the code without its prefix, and a cure. */
export type Meanings = readonly (readonly [pattern: RegExp, code: string, cure?: string])[];

const maxListingBytes = 1 << 29;

/**
 * Runs a program to its end, whatever its exit status.
 *
 * @throws BanActionError when it cannot be started, took too long, or was stopped
 */
export async function runTool(
  { name, prefix, timeoutMs, runner }: ToolSetup,
  argv: readonly string[],
  { input, signal }: { readonly input?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<ToolResult> {
  const program = argv[0] ?? '';
  const command = { argv: [...prefix, ...argv], timeoutMs, maxOutputBytes: maxListingBytes, env: { LC_ALL: 'C' } };
  const started = runner.run(input === undefined ? command : { ...command, input }, signal);
  const result = await started.catch((cause: unknown) => {
    throw startError(name, prefix[0] ?? program, cause);
  });
  const { exitCode, stdout, stderr, timedOut } = result;
  if (timedOut) throw tooSlow(name, program, timeoutMs);
  if (exitCode === undefined) throw new BanActionError('ERR_BAN_ACTION_ABORTED', `${name}: ${program} was stopped`);
  return { exitCode, stdout, stderr };
}

export const tooSlow = (name: string, program: string, timeoutMs: number): BanActionError =>
  new BanActionError('ERR_BAN_ACTION_TIMEOUT', `${name}: ${program} took longer than ${timeoutMs} ms (timeoutMs)`, {
    limit: timeoutMs,
  });

/** What `nsenter`, `ip netns exec` and the like say of a program that is not there. */
const notThere =
  /(?:exec|\benv: ).*(?:No such file or directory|Permission denied)|not found in \$PATH|command not found/;

/** The error for a program that ended with a complaint. */
export function complaint(name: string, program: string, stderr: string, meanings: Meanings): BanActionError {
  const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('# Warning') && !tip.test(line));
  const text = (said[0] ?? 'it gave no reason').slice(0, 500);
  const missing = [notThere, 'MISSING', `install ${program}, or name what runs it in \`prefix\``] as const;
  const [, code = 'REFUSED', cure] = [missing, ...meanings].find(([pattern]) => pattern.test(stderr)) ?? [];
  return new BanActionError(`ERR_BAN_ACTION_${code}`, `${name}: ${text}`, { cure, value: stderr.slice(0, 1000) });
}

const tip = /^(?:Try `|Error occurred at line)/;
