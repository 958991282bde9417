import { BanActionError } from '../ban-action-error.ts';
import type { CommandResult } from '../commands/command-runner.ts';

/** Why nft did not do what it was told. */
export interface NftFault {
  readonly error: BanActionError;
  /** 1-based line of the input that nft points at. */
  readonly line?: number;
}

const missing = 'install the package nftables, or name the program in `command`';

/** What error texts mean, the first that fits. nft runs with LC_ALL=C. */
const meanings: readonly (readonly [RegExp, code: string, cure?: string])[] = [
  // What `nsenter`, `ip netns exec` and the like say, which `command` may name.
  [/exec.*(?:No such file or directory|Permission denied)/, 'MISSING', missing],
  [/Operation not permitted/, 'PERMISSION', 'run as root or give the process CAP_NET_ADMIN'],
  [/Message too long/, 'TOO_LARGE', 'run as root, whose socket buffer may grow'],
  [/Too many open files in system/, 'FULL', 'raise maxElements'],
  [/(?:Protocol|Operation) not supported/, 'UNSUPPORTED', 'use a kernel with nf_tables'],
  [/Error: .*No such file or directory/, 'GONE', 'find out who removes the table: nft monitor'],
];

/** The first line that says something, without the place that nft puts before it. */
const summary = (stderr: string): string =>
  stderr.match(/Error: (.+)/)?.[1] ?? (stderr.trim().split('\n')[0] || 'it gave no reason');

/** What a result of nft says is wrong; undefined when nothing is. */
export function nftFault(result: CommandResult, timeoutMs: number): NftFault | undefined {
  const { exitCode, stderr, timedOut } = result;
  if (exitCode === 0) return undefined;
  if (timedOut) {
    const fault = `netfilter: nft took longer than ${timeoutMs} ms (timeoutMs)`;
    return { error: new BanActionError('ERR_BAN_ACTION_TIMEOUT', fault, { limit: timeoutMs }) };
  }
  if (exitCode === undefined)
    return { error: new BanActionError('ERR_BAN_ACTION_ABORTED', 'netfilter: nft was stopped') };
  const [, code = 'REFUSED', cure] = meanings.find(([pattern]) => pattern.test(stderr)) ?? [];
  const value = stderr.slice(0, 1000);
  const error = new BanActionError(`ERR_BAN_ACTION_${code}`, `netfilter: ${summary(stderr)}`, { cure, value });
  const line = stderr.match(/^\S*:(\d+):\d+(?:-\d+)?: Error: /m)?.[1];
  return { error, ...(line !== undefined && { line: Number(line) }) };
}

/** What it means that nft could not even be started. */
export function nftStartFault(cause: unknown, program: string): BanActionError {
  const { code, message } = cause as NodeJS.ErrnoException;
  // EACCES comes where a folder of the PATH may not be entered, whether or not a later one has the program.
  if (code === 'ENOENT' || code === 'EACCES')
    return new BanActionError('ERR_BAN_ACTION_MISSING', `netfilter: there is no program ${program} to run`, {
      cause,
      cure: missing,
    });
  return new BanActionError('ERR_BAN_ACTION_REFUSED', `netfilter: ${program} cannot be started: ${message}`, { cause });
}
