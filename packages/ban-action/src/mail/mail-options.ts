import { type BanEvent, type Clock, systemClock } from '@sluice/pipeline';
import type { CommandRunner } from '../commands/command-runner.ts';
import { spawnRunner } from '../commands/spawn-runner.ts';
import type { EventChoice } from '../events/event-backend.ts';
import { type EventChoiceOptions, mustCommand, resolveChoice } from '../events/event-choice.ts';
import { machineNames } from '../fail2ban/surroundings.ts';
import { expected, mustCount } from '../options.ts';

/** Options of `banMail`. */
export interface MailOptions extends EventChoiceOptions {
  /** Who gets the mail: plain addresses, `root` or `admin@example.net`. */
  readonly to: readonly string[];
  /** Sender, also in the envelope. Default: the user that this runs as, as sendmail has it. */
  readonly from?: string;
  /** Kinds of events that are told. Default `ban`. */
  readonly events?: readonly BanEvent['kind'][];
  /** Whether bans that are applied again after a restart are told. Default false. */
  readonly restored?: boolean;
  /** Whether the matched lines go with a ban. They come from strangers, and may hold passwords. Default false. */
  readonly includeLines?: boolean;
  /** Most mails in any hour. What comes beyond goes into the next one, at the latest when the backend stops. Default 12. */
  readonly maxMailsPerHour?: number;
  /** Most events that a mail names one by one; of the others it says how many they are. Default 200. */
  readonly maxEventsPerMail?: number;
  /**
   * Program that takes a message on its input and recipients as arguments. Default `['/usr/sbin/sendmail', '-i']`.
   */
  readonly command?: readonly string[];
  /** Longest run of it. Default 60,000. */
  readonly timeoutMs?: number;
  /** Name of this machine in the subject. Default its host name. */
  readonly hostName?: string;
  /** Name in outcomes and messages. Default `mail`. */
  readonly name?: string;
  readonly clock?: Clock;
  /** What runs the program. Default: a child process. */
  readonly runner?: CommandRunner;
}

type Optional = 'from' | 'events' | 'restored';
export type ResolvedMailOptions = Required<Omit<MailOptions, Optional>> &
  Pick<MailOptions, 'from'> & { readonly choice: EventChoice };

/** No white space, no brackets and nothing that begins like an option: it becomes an argument of sendmail. */
const plainAddress = /^[^\s\p{Cc}<>()[\],;:\\"|-][^\s\p{Cc}<>()[\],;:\\"|]{0,253}$/u;

function mustAddress(option: string, value: unknown): void {
  if (typeof value !== 'string' || !plainAddress.test(value)) throw expected(option, 'a plain mail address', value);
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveMailOptions(options: MailOptions): ResolvedMailOptions {
  const { to, from, includeLines = false, maxMailsPerHour = 12, maxEventsPerMail = 200 } = options;
  const { command = ['/usr/sbin/sendmail', '-i'], timeoutMs = 60_000, name = 'mail' } = options;
  const { hostName = machineNames().hostName, clock = systemClock, runner = spawnRunner } = options;
  if (!Array.isArray(to) || to.length === 0) throw expected('to', 'a list of mail addresses', to);
  for (const [n, address] of to.entries()) mustAddress(`to[${n}]`, address);
  if (from !== undefined) mustAddress('from', from);
  if (typeof includeLines !== 'boolean') throw expected('includeLines', 'true or false', includeLines);
  mustCount('maxMailsPerHour', maxMailsPerHour, 1, 3600);
  mustCount('maxEventsPerMail', maxEventsPerMail, 1, 100_000);
  mustCommand('command', command);
  mustCount('timeoutMs', timeoutMs, 1, 2_147_483_647);
  if (typeof name !== 'string' || name === '') throw expected('name', 'a name', name);
  if (typeof hostName !== 'string' || hostName === '') throw expected('hostName', 'a name', hostName);
  const choice = resolveChoice(options, { events: ['ban'], restored: false });
  return {
    ...{
      to,
      includeLines,
      maxMailsPerHour,
      maxEventsPerMail,
      command,
      timeoutMs,
      name,
      hostName,
      clock,
      runner,
      choice,
    },
    ...(from !== undefined && { from }),
  };
}
