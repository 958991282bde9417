import type { BanEvent } from '@sluice/pipeline';
import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import type { EventChoice } from '../events/event-backend.ts';
import { type EventChoiceOptions, mustCommand, resolveChoice } from '../events/event-choice.ts';
import { expected, mustCount } from '../options.ts';

/** Options of `banHook`. */
export interface HookOptions extends EventChoiceOptions {
  /** Program and arguments, run as they are: no shell sees them, and no event becomes part of them. */
  readonly command: readonly string[];
  /**
   * `batch`: one run for each batch of events, which reads them to the end of its input. `stream`: one run for the life of
   * the backend, which answers each line. Default `batch`.
   */
  readonly mode?: 'batch' | 'stream';
  /** Kinds of events that are told. Default `ban`, `prolonged` and `unban`. */
  readonly events?: readonly BanEvent['kind'][];
  /** Whether bans that are applied again after a restart are told: a firewall may have forgotten them. Default true. */
  readonly restored?: boolean;
  /** Whether the matched lines go with a ban. They come from strangers, and may hold passwords. Default false. */
  readonly includeLines?: boolean;
  /** Longest run of a batch, or longest wait for the answers to one. Default 60,000. */
  readonly timeoutMs?: number;
  /** Name in outcomes and messages. Default `hook`. */
  readonly name?: string;
  /** `stream`: pause before a program that ended is started again; doubled each time, up to a minute. Default 100. */
  readonly restartPauseMs?: number;
  /** `batch`: what runs it. Default: a child process. */
  readonly runner?: CommandRunner;
}

type Plain = 'command' | 'mode' | 'includeLines' | 'timeoutMs' | 'name' | 'restartPauseMs' | 'runner';
export type ResolvedHookOptions = Required<Pick<HookOptions, Plain>> & { readonly choice: EventChoice };

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveHookOptions(options: HookOptions): ResolvedHookOptions {
  const { command, mode = 'batch', includeLines = false, timeoutMs = 60_000, name = 'hook' } = options;
  const { restartPauseMs = 100, runner = spawnRunner } = options;
  mustCommand('command', command);
  if (mode !== 'batch' && mode !== 'stream') throw expected('mode', 'batch or stream', mode);
  if (typeof includeLines !== 'boolean') throw expected('includeLines', 'true or false', includeLines);
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  mustCount('restartPauseMs', restartPauseMs, 0, 60_000);
  if (typeof name !== 'string' || name === '') throw expected('name', 'a name', name);
  const choice = resolveChoice(options, { events: ['ban', 'prolonged', 'unban'], restored: true });
  return { command, mode, includeLines, timeoutMs, name, restartPauseMs, runner, choice };
}
