import { leanGroups, ownText } from '@sluice/pipeline';
import { namesSomebody } from '../ids/failure-id.ts';
import { copyGroups, type Groups, type MutableGroups } from '../ids/merge-groups.ts';
import { keptChars } from '../kept-chars.ts';
import type { Session, SessionCache } from './session-cache.ts';
import { SessionLines } from './session-lines.ts';

/** What a matched line says. */
export interface SessionLine {
  readonly groups: Groups;
  /** One of the groups. */
  text(name: string): string | undefined;
}

/** Groups that steer the merging of one line and say nothing of later ones. */
const steering = ['nofail', 'mlfgained', 'mlfforget'] as const;

/** What became of a line that belongs to a session. */
export interface SessionVerdict {
  /** What the session knows with this line; undefined when the line alone is no failure, or not yet. */
  readonly failure: Groups | undefined;
  /** Lines that led to the failure, the last one included. */
  readonly lines: readonly string[];
  readonly evicted: number;
}

/** Of a line that is no failure and leaves nothing behind. */
const nothing: SessionVerdict = { failure: undefined, lines: [], evicted: 0 };

function withoutSteering(groups: Groups): MutableGroups {
  const rest = copyGroups(groups);
  for (const name of steering) delete rest[name];
  return rest;
}

/**
 * Merges a matched line into its session, by fail2ban's rules for `<F-MLFID>`:
 *
 * 1. What the line says is added to what the session knows; later values win.
 * 2. A line with `<F-NOFAIL>` only adds. One with `<F-MLFGAINED>` (logged in) also only adds, and takes pending
 *    failures back. But when a failure is pending, or the session has tried more than one user, either is a failure.
 * 3. A failure for which nobody is known yet is pending: a later line that names somebody is the failure.
 * 4. `<F-MLFFORGET>` (disconnected) ends the session after this line.
 *
 * @param matched the whole line, or lines of a window, as they are told with the failure
 */
export function mergeSession(
  cache: SessionCache,
  id: string,
  hit: SessionLine,
  matched: readonly string[],
  nowMs: number,
): SessionVerdict {
  const gained = Boolean(hit.text('mlfgained'));
  const auxiliary = gained || Boolean(hit.text('nofail'));
  const forget = Boolean(hit.text('mlfforget'));
  const known = cache.get(id, nowMs);
  if (known === undefined && forget && auxiliary) return nothing;
  const isLong = matched.some((line) => line.length > keptChars);
  const groups = isLong ? leanGroups(hit.groups, keptChars) : hit.groups;
  const session: Session = known ?? {
    groups: withoutSteering(groups),
    users: new Set(),
    pending: false,
    lines: new SessionLines(),
  };
  let evicted = 0;
  if (known !== undefined) {
    Object.assign(known.groups, withoutSteering(groups));
    if (gained) known.pending = false;
    known.lines.begin(known.pending);
    if (forget) cache.delete(id);
  } else if (!forget) evicted = cache.add(isLong ? ownText(id) : id, session, nowMs);
  const { user } = groups;
  if (user && session.users.size < 2) session.users.add(user);

  const counts = !auxiliary || session.pending || session.users.size > 1;
  session.pending = false;
  if (!counts) {
    session.lines.addAuxiliary(matched);
    return evicted === 0 ? nothing : { failure: undefined, lines: [], evicted };
  }
  session.pending = !namesSomebody(session.groups);
  const lines = session.lines.addFailure(matched);
  return { failure: session.pending ? undefined : copyGroups(session.groups), lines, evicted };
}
