import { type Clock, type NameResolver, systemClock } from '@sluice/pipeline';
import type { CommandResult, CommandRunner } from '../commands/command-runner.ts';
import { expected, mustCount } from '../options.ts';
import type { Operation } from './action-texts.ts';
import type { ShellScript } from './fill-in.ts';
import { type FailureHistory, type JailCounts, machineNames, type Surroundings } from './surroundings.ts';

/** What the tags of a command stand for besides its ban or failure. */
export interface SurroundingsOptions {
  /** Name of the jail that the command is for. */
  readonly jail: string;
  /** `<sh-hostname>`. Default this machine's name. */
  readonly hostName?: string;
  /** `<fq-hostname>`. Default this machine's name with its domain, as /etc/hosts has it. */
  readonly qualifiedHostName?: string;
  /** `<jail.banned>`, `<jail.found>` and their totals. Default none: an action that asks for them is refused. */
  readonly counts?: () => JailCounts;
  /**
   * `<ipmatches>`, `<ipfailures>` and, of the jail alone, `<ipjailmatches>`, `<ipjailfailures>`. Default: this ban's own,
   * as with fail2ban that has no database.
   */
  readonly history?: FailureHistory;
  /** `<ip-host>`: asked only by commands that name the tag. Default none: it is the address. */
  readonly resolver?: NameResolver;
}

/** A command of an action that did not end well. */
export interface FailedCommand {
  readonly operation: Operation;
  readonly command: ShellScript;
  readonly result: CommandResult;
}

/** Options of `fail2banAction`. */
export interface Fail2banActionOptions extends SurroundingsOptions {
  /** What runs the commands. Default: child processes of this one. */
  readonly runner?: CommandRunner;
  /** How long a command may run, asked for each one: it can be changed while the action runs. Default the action's own. */
  readonly timeoutMs?: () => number;
  /** `<bantime>` of commands that are about no ban, like actionstart; `Infinity` is for ever. Default 600,000. */
  readonly banTimeMs?: number;
  /** Told of each command that did not end well, before what is then done about it. */
  readonly onFailed?: (failed: FailedCommand) => void;
  /** Most bans that are remembered, for their unbans. A further one is refused. Default 1,000,000. */
  readonly maxBans?: number;
  /** Least time between two checks that are made because a banned one goes on. Default 3000, as fail2ban. */
  readonly checkIntervalMs?: number;
  /** Default the machine's clock. */
  readonly clock?: Clock;
}

type Plain = 'banTimeMs' | 'maxBans' | 'checkIntervalMs' | 'clock';
export type ResolvedActionOptions = Required<Pick<Fail2banActionOptions, Plain>> & {
  readonly surroundings: Surroundings;
};

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveSurroundings(options: SurroundingsOptions): Surroundings {
  const { jail, counts, history, resolver } = options;
  if (typeof jail !== 'string' || jail === '') throw expected('jail', "the jail's name", jail);
  const names = machineNames();
  const { hostName = names.hostName, qualifiedHostName = names.qualifiedHostName } = options;
  return { jail, hostName, qualifiedHostName, counts, history, resolver };
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveActionOptions(options: Fail2banActionOptions): ResolvedActionOptions {
  const { banTimeMs = 600_000, maxBans = 1_000_000, checkIntervalMs = 3000 } = options;
  const { clock = systemClock } = options;
  const surroundings = resolveSurroundings(options);
  if (!(banTimeMs >= 0)) throw expected('banTimeMs', 'a number of at least 0', banTimeMs);
  mustCount('maxBans', maxBans, 1);
  mustCount('checkIntervalMs', checkIntervalMs, 0);
  return { banTimeMs, maxBans, checkIntervalMs, clock, surroundings };
}
