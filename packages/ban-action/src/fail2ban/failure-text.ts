import type { Failure } from '@sluice/pipeline';
import { type Subject, tagValue } from './dynamic-tags.ts';
import { replaceTags } from './fill-in.ts';
import { resolveSurroundings, type SurroundingsOptions } from './options.ts';
import { familyOf, type Ticket } from './ticket.ts';

/** A failure before it is counted, as a ticket of one attempt. */
const ticketOf = ({ id, address, timeMs, line, groups }: Failure): Ticket => ({
  id,
  ...(address && { address }),
  timeMs,
  banTimeMs: 0,
  failures: 1,
  count: 0,
  restored: false,
  matches: [line],
  groups,
});

/** What the tags stand for in a text about a failure. */
export const subjectOfFailure = (failure: Failure, options: SurroundingsOptions): Subject => ({
  ticket: ticketOf(failure),
  family: familyOf(failure) ?? '',
  surroundings: resolveSurroundings(options),
});

/**
 * A text with the tags of a failure filled in, such as the `key` of fail2ban's `ignorecache`. For a text only: what a shell
 * is to run goes through `failureCommand`.
 */
export function failureText(text: string, failure: Failure, options: SurroundingsOptions): string {
  const subject = subjectOfFailure(failure, options);
  return replaceTags(text, (tag) => tagValue(tag, subject)?.value);
}
