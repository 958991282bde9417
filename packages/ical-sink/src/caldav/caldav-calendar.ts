import type { Activity } from '@sluice/pipeline';
import { CalendarWriter } from '../calendar/calendar-writer.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import { Reports } from '../reports.ts';
import { type CalDavOptions, calDavSettings } from './caldav-options.ts';
import { type PushTarget, pushTasks } from './caldav-push.ts';
import { DavObjects } from './dav-objects.ts';
import { DavServer } from './dav-server.ts';
import { findCalendar } from './find-calendar.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { loadTsDav } from './load-tsdav.ts';
import type { CalDavOutcome } from './outcome.ts';
import type { Task } from './write-event.ts';

/**
 * A calendar on a CalDAV server (RFC 4791), kept at what activities say: one object for each, named by a hash of its uid.
 *
 * - Pushing the same again changes nothing and writes nothing: what is there is read, a hundred events a request, and what
 *   says the same is left alone, even if the server wrote it down in its own way.
 * - Every write is conditional (If-None-Match, If-Match): what another changed in between is read and judged again.
 * - An event that is there with a higher SEQUENCE is later news and stays. An event with the same uid that was imported
 *   under another name is found and updated. Other events are not touched.
 *
 * Needs the package tsdav.
 */
export class CalDavCalendar {
  /** The calendar's address. */
  readonly url: string;
  readonly #target: PushTarget;
  readonly #writer: CalendarWriter;
  readonly #reports: Reports;
  readonly #stop: AbortController;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(url: URL, target: PushTarget, writer: CalendarWriter, reports: Reports, stop: AbortController) {
    this.url = url.href;
    this.#target = target;
    this.#writer = writer;
    this.#reports = reports;
    this.#stop = stop;
  }

  /**
   * Finds the calendar, or makes it if `create` is set.
   *
   * @throws IcalSinkError `OPTION`, `MISSING` (tsdav), `NO_CALENDAR`, `AUTHENTICATION`, `NETWORK`, `TIMEOUT`, `REDIRECT`,
   * `CALDAV`, `ABORTED`
   */
  static async open(options: CalDavOptions): Promise<CalDavCalendar> {
    const settings = calDavSettings(options);
    const { productId, slotMs, compatibility, signal } = options;
    const writer = new CalendarWriter({
      ...(productId !== undefined && { productId }),
      ...(slotMs !== undefined && { slotMs }),
      ...(compatibility !== undefined && { compatibility }),
    });
    const tsdav = await loadTsDav();
    const reports = new Reports(options);
    const stop = stopWith(signal);
    const onRequest = (): void => reports.count('sent');
    const fetch = guardedFetch({ ...settings, origin: settings.url.origin, signal: stop.signal, onRequest });
    const { url, isThere } = await findCalendar(new DavServer(tsdav, fetch, settings.url), settings);
    const { concurrency, dryRun } = settings;
    const target = { objects: new DavObjects(tsdav, fetch, url), concurrency, dryRun, isThere };
    return new CalDavCalendar(url, target, writer, reports, stop);
  }

  /**
   * Brings the calendar to what the activities say: one outcome for each uid, in the order of their first appearance. Of
   * several activities with one uid the last of the highest `sequence` counts.
   *
   * What fails is an outcome and goes to `rejects`; a server that fails makes the rest of the push fail. A further push
   * tries again. Pushes are done one after the other.
   *
   * @throws IcalSinkError `ERR_ICAL_SINK_ABORTED` after `close()` or an abort; what was written until then stays
   */
  push(activities: readonly Activity[]): Promise<readonly CalDavOutcome[]> {
    const pushed = this.#last.then(() => this.#push(activities));
    this.#last = pushed.catch(() => {});
    return pushed;
  }

  /** Ends what is under way. Nothing can be pushed afterwards. */
  close(): void {
    this.#stop.abort();
  }

  async #push(activities: readonly Activity[]): Promise<readonly CalDavOutcome[]> {
    if (this.#stop.signal.aborted) throw new IcalSinkError('ERR_ICAL_SINK_ABORTED', `${this.url} was closed`);
    this.#reports.count('taken', activities.length);
    const latest = latestOf(activities);
    this.#reports.count('skipped', activities.length - latest.size);
    const outcomes = new Map<string, CalDavOutcome>();
    const tasks: Task[] = [];
    for (const activity of latest.values()) {
      const task = this.#taskOf(activity);
      if (task instanceof IcalSinkError)
        outcomes.set(activity.uid, { uid: activity.uid, outcome: 'failed', error: task });
      else tasks.push(task);
    }
    for (const outcome of await pushTasks(this.#target, tasks)) outcomes.set(outcome.uid, outcome);
    return Array.from(latest.keys(), (uid) => this.#reported(outcomes.get(uid) as CalDavOutcome));
  }

  #taskOf(activity: Activity): Task | IcalSinkError {
    if (activity.removed === true) return { activity, text: '' };
    try {
      const event = this.#writer.event(activity);
      return { activity, text: `${this.#writer.head()}${event}${this.#writer.foot()}` };
    } catch (error) {
      if (error instanceof IcalSinkError) return error;
      throw error;
    }
  }

  #reported(result: CalDavOutcome): CalDavOutcome {
    const { outcome, error } = result;
    if (outcome === 'failed') this.#reports.reject(error, result);
    else this.#reports.count(counters[outcome]);
    return result;
  }
}

const counters = {
  created: 'written',
  updated: 'written',
  unchanged: 'kept',
  deleted: 'removed',
  absent: 'skipped',
} as const;

function latestOf(activities: readonly Activity[]): Map<string, Activity> {
  const latest = new Map<string, Activity>();
  for (const activity of activities) {
    const before = latest.get(activity.uid);
    if (before === undefined || (activity.sequence ?? 0) >= (before.sequence ?? 0)) latest.set(activity.uid, activity);
  }
  return latest;
}

/** A controller of our own that goes with the caller's signal. */
function stopWith(signal: AbortSignal | undefined): AbortController {
  const stop = new AbortController();
  if (signal?.aborted === true) stop.abort();
  const onAbort = (): void => stop.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  stop.signal.addEventListener('abort', () => signal?.removeEventListener('abort', onAbort), { once: true });
  return stop;
}
