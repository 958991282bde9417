import type { BanEvent } from '@sluice/pipeline';
import { expected } from '../options.ts';
import type { EventChoice } from './event-backend.ts';

const allKinds: readonly BanEvent['kind'][] = ['ban', 'already-banned', 'prolonged', 'unban'];

/** Options of every backend that tells of events. */
export interface EventChoiceOptions {
  /** Kinds of events that are told. */
  readonly events?: readonly BanEvent['kind'][];
  /** Whether bans that are applied again after a restart are told. */
  readonly restored?: boolean;
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` */
export function resolveChoice(options: EventChoiceOptions, initial: Required<EventChoiceOptions>): EventChoice {
  const { events = initial.events, restored = initial.restored } = options;
  if (!Array.isArray(events) || events.length === 0) throw expected('events', 'a list of kinds of events', events);
  for (const kind of events)
    if (!allKinds.includes(kind)) throw expected('events', `some of ${allKinds.join(', ')}`, kind);
  if (typeof restored !== 'boolean') throw expected('restored', 'true or false', restored);
  return { kinds: new Set(events), restored };
}

/** @throws BanActionError `ERR_BAN_ACTION_OPTION` unless it is a program and its arguments */
export function mustCommand(option: string, value: unknown): asserts value is readonly [string, ...string[]] {
  const isCommand =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((word) => typeof word === 'string' && !word.includes('\0')) &&
    value[0] !== '';
  if (!isCommand) throw expected(option, 'a program and its arguments, as a list', JSON.stringify(value));
}
