import path from 'node:path';
import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import type { ToolSetup } from '../drivers/tool.ts';
import type { NetworkBackendOptions } from '../networks/network-backend-options.ts';
import { expected, mustCount } from '../options.ts';

/** How nginx reads a file of networks. */
export type DenyFormat = 'geo' | 'map' | 'deny';

/** Options of `nginxDeny`. */
export interface NginxDenyOptions extends NetworkBackendOptions {
  /** Absolute path of the file, which belongs to this backend alone and which nginx's configuration includes. */
  readonly file: string;
  /**
   * What the file is for:
   * - `geo`: `geo $banned { default 0; include FILE; }`, the quickest;
   * - `map`: `map $remote_addr $banned { default 0; include FILE; }`, which knows whole addresses only;
   * - `deny`: `include FILE;` in `http`, `server` or `location`, which nginx goes through from top to bottom.
   *
   * Default `geo`.
   */
  readonly format?: DenyFormat;
  /** Leading bits of an IPv6 address that are banned. Default 64; with the format `map` 128 and nothing else. */
  readonly ipv6Prefix?: number;
  /** Makes nginx read its configuration again: program and arguments. Default `['nginx', '-s', 'reload']`. */
  readonly reloadCommand?: readonly string[];
  /**
   * Asked after a reload that failed: when it succeeds, the new file is good and stays, for nginx to read when it starts;
   * when it fails, or where there is none, the old file comes back. Default `['nginx', '-t']`, or none when there is a
   * `reloadCommand`.
   */
  readonly testCommand?: readonly string[];
  /** Shortest time from one reload to the next; what comes meanwhile is written together. Default 1000. */
  readonly reloadIntervalMs?: number;
  /** What `stop()` does: `keep` leaves the bans; `flush` lets all in. The file stays, since nginx includes it. Default `keep`. */
  readonly onStop?: 'keep' | 'flush';
  /** Longest time that a command may take. Default 30,000. */
  readonly timeoutMs?: number;
  /** What runs the commands. Default: a child process. */
  readonly runner?: CommandRunner;
}

export type ResolvedNginxOptions = ToolSetup &
  Required<Pick<NginxDenyOptions, 'file' | 'format' | 'reloadCommand' | 'reloadIntervalMs' | 'onStop'>> & {
    readonly testCommand: readonly string[] | undefined;
    /** Those of the backend, with the defaults of the format. */
    readonly backend: NetworkBackendOptions;
    readonly nowMs: () => number;
  };

const choices = { format: ['geo', 'map', 'deny'], onStop: ['keep', 'flush'] } as const;
const defaultReload = ['nginx', '-s', 'reload'];
const defaultTest = ['nginx', '-t'];

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveNginxOptions(options: NginxDenyOptions): ResolvedNginxOptions {
  const { file, format = 'geo', reloadCommand = defaultReload, onStop = 'keep' } = options;
  const { testCommand = options.reloadCommand === undefined ? defaultTest : undefined } = options;
  const { reloadIntervalMs = 1000, timeoutMs = 30_000, runner = spawnRunner } = options;
  if (typeof file !== 'string' || !path.isAbsolute(file) || file.includes('\0') || file.endsWith('/'))
    throw expected('file', 'an absolute path of a file', file);
  const chosen = { format, onStop };
  for (const [option, words] of Object.entries(choices)) {
    const value = chosen[option as keyof typeof chosen];
    if (!(words as readonly string[]).includes(value)) throw expected(option, `one of ${words.join(', ')}`, value);
  }
  mustCommand('reloadCommand', reloadCommand);
  if (testCommand !== undefined) mustCommand('testCommand', testCommand);
  mustCount('reloadIntervalMs', reloadIntervalMs, 0, 2_147_483_647);
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  const { ipv4Prefix = 32, ipv6Prefix = format === 'map' ? 128 : 64, clock } = options;
  if (format === 'map' && ipv4Prefix !== 32) throw expected('ipv4Prefix', '32 with the format map', ipv4Prefix);
  if (format === 'map' && ipv6Prefix !== 128) throw expected('ipv6Prefix', '128 with the format map', ipv6Prefix);
  const backend = { ...options, ipv4Prefix, ipv6Prefix };
  const nowMs = (): number => clock?.nowMs() ?? Date.now();
  const setup = { name: 'nginx', prefix: [], timeoutMs, runner };
  return { ...setup, file, format, reloadCommand, testCommand, reloadIntervalMs, onStop, backend, nowMs };
}

function mustCommand(option: string, value: readonly string[]): void {
  if (value.length > 0 && value.every((word) => typeof word === 'string' && !word.includes('\0'))) return;
  throw expected(option, 'a program and its arguments', JSON.stringify(value));
}
