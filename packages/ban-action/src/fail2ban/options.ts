import { type Clock, systemClock } from '@sluice/pipeline';
import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import { expected, mustCount } from '../options.ts';
import { type JailCounts, machineNames, type Surroundings } from './surroundings.ts';

/** Options of `fail2banAction`. */
export interface Fail2banActionOptions {
  /** Name of the jail that the action is for. */
  readonly jail: string;
  /** What runs the commands. Default: child processes of this one. */
  readonly runner?: CommandRunner;
  /** `<bantime>` of commands that are about no ban, like actionstart; `Infinity` is for ever. Default 600,000. */
  readonly banTimeMs?: number;
  /** `<sh-hostname>`. Default this machine's name. */
  readonly hostName?: string;
  /** `<fq-hostname>`. Default this machine's name with its domain, as /etc/hosts has it. */
  readonly qualifiedHostName?: string;
  /** `<jail.banned>`, `<jail.found>` and their totals. Default none: an action that asks for them is refused. */
  readonly counts?: () => JailCounts;
  /** Most bans that are remembered, for their unbans. A further one is refused. Default 1,000,000. */
  readonly maxBans?: number;
  /** Least time between two checks that are made because a banned one goes on. Default 3000, as fail2ban. */
  readonly checkIntervalMs?: number;
  /** Default the machine's clock. */
  readonly clock?: Clock;
}

type Plain = 'runner' | 'banTimeMs' | 'maxBans' | 'checkIntervalMs' | 'clock';
export type ResolvedActionOptions = Required<Pick<Fail2banActionOptions, Plain>> & {
  readonly surroundings: Surroundings;
};

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveActionOptions(options: Fail2banActionOptions): ResolvedActionOptions {
  const { jail, runner = spawnRunner, banTimeMs = 600_000, maxBans = 1_000_000, checkIntervalMs = 3000 } = options;
  if (typeof jail !== 'string' || jail === '') throw expected('jail', "the jail's name", jail);
  if (!(banTimeMs > 0)) throw expected('banTimeMs', 'a positive number', banTimeMs);
  mustCount('maxBans', maxBans, 1);
  mustCount('checkIntervalMs', checkIntervalMs, 0);
  const names = machineNames();
  const { hostName = names.hostName, qualifiedHostName = names.qualifiedHostName, clock = systemClock } = options;
  const surroundings = { jail, hostName, qualifiedHostName, counts: options.counts };
  return { runner, banTimeMs, maxBans, checkIntervalMs, clock, surroundings };
}
