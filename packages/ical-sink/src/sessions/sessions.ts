import type { Activity } from '@sluice/pipeline';
import { IcalSinkError } from '../ical-sink-error.ts';
import type { SessionOptions } from '../options.ts';
import { Reports } from '../reports.ts';
import { Session } from './session.ts';
import { type SessionSettings, sessionSettings } from './session-settings.ts';

/**
 * Joins activities of one author that are less than `gapMs` apart into sessions: one block of time each, from `slotMs` before
 * the first one to the last one.
 *
 * - A session's title counts its activities and names where they were: `12 commits: sluice`. Its text lists them.
 * - Its uid is `session-` and the uid of its earliest activity, its `sequence` is their number less one: a session that has
 *   grown is the same event, changed.
 * - Activities may come in any order. Sessions stay open until there are more than `maxOpen`, and then the one that has not
 *   grown for longest is closed: as long as none is closed too early, the order does not matter. Input that is sorted by
 *   time needs one open session for each author.
 * - What is `removed` is skipped: it is not known here what it was part of.
 */
export class Sessions {
  readonly #settings: SessionSettings;
  readonly #reports: Reports;
  /** By key; each list sorted by time. Two of them are at least `gapMs` apart. */
  readonly #byKey = new Map<string, Session[]>();
  /** All of them; that which has not grown for longest is first. */
  readonly #open = new Set<Session>();

  /** @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
  constructor(options: SessionOptions) {
    this.#settings = sessionSettings(options);
    this.#reports = new Reports(options);
  }

  /** Takes an activity, and gives the sessions that are to be written now; with `growing` also removals of former uids. */
  add(activity: Activity): Activity[] {
    this.#reports.count('taken');
    if (activity.removed === true) {
      this.#reports.count('skipped');
      return [];
    }
    if (!Number.isFinite(activity.startMs) || !Number.isFinite(activity.endMs ?? 0)) {
      const fault = `a time of ${activity.startMs} to ${activity.endMs} ms is no time`;
      this.#reports.reject(new IcalSinkError('ERR_ICAL_SINK_DATE', fault), activity);
      return [];
    }
    this.#reports.count('joined');
    const { growing, maxOpen } = this.#settings;
    const { session, gone } = this.#join(activity);
    this.#open.delete(session);
    this.#open.add(session);
    const closed = this.#open.size > maxOpen ? this.#closeLongest() : [];
    return growing ? [...gone, session.toActivity()] : closed.map((one) => one.toActivity());
  }

  /** The sessions that are still open, by time; none with `growing`, where all were given. Begins anew. */
  end(): Activity[] {
    const rest = this.#settings.growing ? [] : [...this.#open];
    this.#open.clear();
    this.#byKey.clear();
    return rest.map((session) => session.toActivity()).sort((one, other) => one.startMs - other.startMs);
  }

  /** The session that an activity belongs to, with it; and removals of what it was under other names. */
  #join(activity: Activity): { session: Session; gone: Activity[] } {
    const { gapMs, keyOf } = this.#settings;
    const key = keyOf(activity);
    const list = this.#byKey.get(key) ?? [];
    this.#byKey.set(key, list);
    const startMs = activity.startMs;
    const endMs = Math.max(startMs, activity.endMs ?? startMs);
    const from = firstIndex(list, (session) => session.endMs + gapMs > startMs);
    const to = firstIndex(list, (session) => session.startMs - gapMs >= endMs);
    const met = list.slice(from, to);
    const [session, ...others] = met;
    if (session === undefined) {
      const opened = new Session(key, activity, this.#settings);
      list.splice(from, 0, opened);
      return { session: opened, gone: [] };
    }
    const removals = met.map((one) => one.toRemoval());
    session.add(activity);
    for (const other of others) {
      session.absorb(other);
      this.#open.delete(other);
    }
    list.splice(from + 1, others.length);
    return { session, gone: removals.filter(({ uid }) => uid !== session.uid) };
  }

  #closeLongest(): Session[] {
    const [session] = this.#open;
    if (session === undefined) return [];
    this.#reports.count('evictedSessions');
    this.#open.delete(session);
    const list = this.#byKey.get(session.key) ?? [];
    list.splice(list.indexOf(session), 1);
    if (list.length === 0) this.#byKey.delete(session.key);
    return [session];
  }
}

/** Index of the first one for which it holds, given that it holds for all after it; the length when for none. */
function firstIndex(list: readonly Session[], holds: (session: Session) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(list[middle] as Session)) high = middle;
    else low = middle + 1;
  }
  return low;
}
