import type { QueueFilter } from '@sluice/exim-queue/batches';
import { usageError } from '../command-line/usage-error.ts';
import type { FilterSettings } from '../settings/filter-settings.ts';
import type { Pattern } from './pattern.ts';
import type { HeaderPattern } from './read-header.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Options that are lists of patterns, by what they are of. */
const textOptions = {
  sender: 'sender',
  senderDomain: 'senderDomain',
  rcpt: 'recipient',
  rcptDomain: 'recipientDomain',
  host: 'host',
  auth: 'authId',
  login: 'login',
  protocol: 'protocol',
  subject: 'subject',
  reason: 'reason',
} as const;

/** Yes, no, or either, of two options that say the opposite. */
function oneOf(yes: boolean | undefined, no: boolean | undefined, option: string): boolean | undefined {
  if (yes === true && no === true) {
    throw usageError(`--${option} and --not-${option} leave no message`, 'give one of them');
  }
  return yes === true ? true : no === true ? false : undefined;
}

const patterns = (list: readonly Pattern[], isNot: boolean): Pattern['pattern'][] =>
  list.filter((each) => each.isNot === isNot).map(({ pattern }) => pattern);

/** Conditions on texts: one of those that must be so, and none of those that must not. */
function addTexts(settings: FilterSettings, filter: Mutable<QueueFilter>, refused: QueueFilter[]): void {
  for (const [option, key] of Object.entries(textOptions) as [keyof typeof textOptions, keyof QueueFilter][]) {
    const list = settings[option] ?? [];
    const wanted = patterns(list, false);
    const unwanted = patterns(list, true);
    if (wanted.length > 0) Object.assign(filter, { [key]: wanted });
    if (unwanted.length > 0) refused.push({ [key]: unwanted });
  }
}

const headers = (list: readonly HeaderPattern[], isNot: boolean): QueueFilter[] =>
  [...new Set(list.map(({ name }) => name))].flatMap((name) => {
    const of = patterns(
      list.filter((each) => each.name === name),
      isNot,
    );
    return of.length === 0 ? [] : [{ header: Object.fromEntries([[name, of]]) }];
  });

/** Conditions that are switches and bounds. */
function boundsOf(settings: FilterSettings): QueueFilter {
  const { older, younger, frozenFor, larger, smaller, state } = settings;
  const frozen = oneOf(settings.frozen, settings.notFrozen, 'frozen');
  const bounce = oneOf(settings.bounce, settings.notBounce, 'bounce');
  const min = larger === undefined ? {} : { min: larger + 1 };
  const max = smaller === undefined ? {} : { max: Math.max(0, smaller - 1) };
  return {
    ...(frozen !== undefined && { frozen }),
    ...(bounce !== undefined && { bounce }),
    ...(state !== undefined && { state }),
    ...(older !== undefined && { olderThanMs: older }),
    ...(younger !== undefined && { youngerThanMs: younger }),
    ...(frozenFor !== undefined && { frozenForMs: frozenFor }),
    ...((larger !== undefined || smaller !== undefined) && { sizeBytes: { ...min, ...max } }),
  };
}

/**
 * The filter that options ask for, or undefined when they ask for none.
 *
 * Several patterns of one option: any of them. Patterns that begin with `!`: none of them.
 */
export function filterOf(settings: FilterSettings): QueueFilter | undefined {
  const filter: Mutable<QueueFilter> = boundsOf(settings);
  const refused: QueueFilter[] = [];
  addTexts(settings, filter, refused);
  const named = settings.header ?? [];
  refused.push(...headers(named, true));
  const all = [...headers(named, false), ...(settings.where === undefined ? [] : [settings.where])];
  if (refused.length > 0) filter.not = { any: refused };
  if (all.length > 0) filter.all = all;
  return Object.keys(filter).length === 0 ? undefined : filter;
}
