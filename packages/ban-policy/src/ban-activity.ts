import { createHash } from 'node:crypto';
import {
  type Activity,
  type ActivitySource,
  type AlreadyBanned,
  type Ban,
  type BanEvent,
  cutText,
  type Prolonged,
} from '@sluice/pipeline';
import { check } from './check.ts';

/** How bans become activities. */
export interface BanActivityOptions {
  /** Name of the host that bans: what makes bans of several hosts different in one calendar. */
  readonly host: string;
  /** Most lines of the log in the text, the last ones. Default 5. */
  readonly maxLines?: number;
  /** Longest line in the text, in UTF-16 units; the rest is cut off. Default 500. */
  readonly maxLineChars?: number;
}

const maxIdChars = 128;

/**
 * A ban as something that happened, for `@sluice/ical-sink` and other takers of activities.
 *
 * - From `timeMs` to `endMs`; one for ever is an instant, as nobody knows when it ends.
 * - The uid, `ban-<jail>-<id>-<timeMs>@<host>`, is that of the ban, however often and by whomever it is told.
 * - A ban that an `AlreadyBanned` or `Prolonged` event gives another end is the same activity with the new end. Its `sequence` is the number of whole
 *   seconds from ban to event, at least 1: it rises with every prolongation, also over restarts.
 * - The text is the number of failures and the last lines of the log that matched. Lines come from attackers: they are
 *   bounded, and text.
 *
 * Such an event knows neither the failures nor the lines of its ban, and an `Unban` not even which ban it ends:
 * `BanActivities` and `toActivities` remember them.
 *
 * @returns undefined for an event that says nothing new of a ban by itself: an unban, or one that prolonged nothing
 * @throws BanPolicyError `ERR_BAN_POLICY_OPTION` for a host that is empty or has blanks, or bounds that are none
 */
export function banActivity(event: BanEvent, options: BanActivityOptions): Activity | undefined {
  const maxLines = check.integer('maxLines', options.maxLines, 5, 0);
  const maxLineChars = check.integer('maxLineChars', options.maxLineChars, 500, 1);
  const source = sourceOf(event.jail, options.host);
  if (event.kind === 'ban')
    return { ...common(event, event.timeMs, event.endMs, source), text: textOf(event, maxLines, maxLineChars) };
  if (event.kind === 'unban' || (event.kind === 'already-banned' && !event.extended)) return undefined;
  return {
    ...common(event, event.bannedAtMs, event.endMs, source),
    sequence: sequenceOf(event.bannedAtMs, event.timeMs),
  };
}

/** How often a ban has changed, as a number that rises with time: whole seconds since it began. */
export const sequenceOf = (bannedAtMs: number, changedAtMs: number): number =>
  Math.max(1, Math.floor((changedAtMs - bannedAtMs) / 1000));

function common(
  { jail, id }: Ban | AlreadyBanned | Prolonged,
  startMs: number,
  endMs: number,
  source: ActivitySource,
): Activity {
  const name = shortened(id);
  return {
    uid: `ban-${shortened(jail)}-${name}-${startMs}@${source.id}`,
    source,
    startMs,
    ...(endMs !== Number.POSITIVE_INFINITY && { endMs }),
    title: `ban ${name} (${jail})`,
    categories: [jail],
  };
}

function sourceOf(jail: string, host: string): ActivitySource {
  if (typeof host === 'string' && /^[^\s@]{1,253}$/.test(host)) return { kind: 'ban', id: host, label: jail };
  throw check.bad('host', 'a name without blanks', host);
}

function textOf({ failures, matches, restored }: Ban, maxLines: number, maxLineChars: number): string {
  const lines = maxLines > 0 ? matches.slice(-maxLines).map((line) => cutText(line, maxLineChars)) : [];
  const count = failures === 0 ? 'by hand' : failures === 1 ? 'after 1 failure' : `after ${failures} failures`;
  return [
    `Banned ${count}${restored ? ' (applied again after a restart)' : ''}`,
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n');
}

/** An id of a filter's own may be as long as an attacker likes; what is cut off is told apart by a hash. */
function shortened(id: string): string {
  if (id.length <= maxIdChars) return id;
  return `${cutText(id, maxIdChars - 17)}~${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;
}
