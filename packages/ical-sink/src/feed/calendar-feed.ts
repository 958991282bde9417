import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Activity } from '@sluice/pipeline';
import { calendarFoot } from '../calendar/calendar-foot.ts';
import { calendarHead } from '../calendar/calendar-head.ts';
import { type CalendarSettings, calendarSettings } from '../calendar/calendar-settings.ts';
import { EventEncoder } from '../calendar/event-encoder.ts';
import { IcalSinkError } from '../ical-sink-error.ts';
import { Reports } from '../reports.ts';
import { answerCalendar, answerText } from './answer.ts';
import type { FeedEvent } from './feed-event.ts';
import { FeedEvents } from './feed-events.ts';
import { type CalendarFeedOptions, type FeedSettings, feedSettings } from './feed-options.ts';
import { sameSecret } from './same-secret.ts';
import { Snapshot } from './snapshot.ts';
import { BadQuery, type TimeRange, timeRange } from './time-range.ts';

const foot = Buffer.from(calendarFoot);

/**
 * A calendar to subscribe to, for any server of `node:http`: holds events in memory and answers requests for them.
 *
 * - GET and HEAD of `/<token>/calendar.ics` (without a token `/calendar.ics`) give the calendar, gzipped where that is
 *   accepted. `?from=2024-01-01&to=2024-06-30` or `?days=90` gives the events that lie wholly or partly in that time.
 * - A strong ETag of the content, the same on every machine and after every restart; If-None-Match and If-Modified-Since
 *   give 304. Events are ordered by begin, then uid.
 * - A query that is none gives 400, another method 405, and anything else is not the feed's: a wrong token is compared in
 *   constant time and answered as if nothing were there.
 * - An answer is of one moment: what is put while it is on its way comes with the next one.
 *
 * Limits on clients (connections, header sizes, timeouts) are the server's.
 */
export class CalendarFeed {
  readonly #settings: FeedSettings;
  readonly #calendar: CalendarSettings;
  readonly #encoder: EventEncoder;
  readonly #head: Buffer;
  readonly #reports: Reports;
  readonly #events: FeedEvents = new FeedEvents();
  #modifiedMs: number;
  #whole: Snapshot | undefined;

  /** @throws IcalSinkError `ERR_ICAL_SINK_OPTION` */
  constructor(options: CalendarFeedOptions = {}) {
    this.#reports = new Reports(options);
    this.#settings = feedSettings(options);
    this.#calendar = calendarSettings(options);
    this.#encoder = new EventEncoder(this.#calendar);
    this.#head = Buffer.from(calendarHead(this.#calendar));
    this.#modifiedMs = this.#settings.clock.nowMs();
  }

  /** Events held. */
  get size(): number {
    return this.#events.size;
  }

  /** Changes when the calendar's text does, and only then: the ETag without its quotes. */
  get version(): string {
    return this.#snapshot.version;
  }

  /** Where the calendar is: token and path, for the end of an address. A secret as the token is. */
  get path(): string {
    const { token, path: place } = this.#settings;
    return token === undefined ? place : `/${token}${place}`;
  }

  /**
   * Adds activities. One with a uid that is there takes its place, unless its `sequence` is lower: that is old news. One
   * that is `removed` is taken out. Those that cannot be an event go to `rejects`.
   */
  put(activities: readonly Activity[]): void {
    this.#reports.count('taken', activities.length);
    let isChanged = false;
    for (const activity of activities) isChanged = this.#put(activity) || isChanged;
    if (!isChanged) return;
    this.#whole = undefined;
    this.#modifiedMs = this.#settings.clock.nowMs();
  }

  /** Answers every request: the calendar, or 404. For `http.createServer(feed.requestListener)`. */
  readonly requestListener = (request: IncomingMessage, response: ServerResponse): void => {
    if (!this.handle(request, response)) answerText(request, response, 404, 'Not found');
  };

  /**
   * Answers a request if it is for this feed, for servers that have other things as well.
   *
   * @returns false when it is not (or its token is wrong): nothing was written, and the server answers as it answers for
   * what it does not have
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const [place = '', ...query] = (request.url ?? '').split('?');
    if (!this.#isOurs(place)) return false;
    this.#reports.count('requests');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answerText(request, response, 405, 'Only GET and HEAD', { Allow: 'GET, HEAD' });
      return true;
    }
    try {
      const range = timeRange(new URLSearchParams(query.join('?')), this.#settings.clock.nowMs());
      answerCalendar(request, response, {
        snapshot: range === undefined ? this.#snapshot : this.#snapshotOf(range),
        isShared: range === undefined,
        fileName: path.posix.basename(this.#settings.path),
        modifiedS: range?.moves === true ? undefined : this.#modifiedS,
      });
    } catch (error) {
      if (!(error instanceof BadQuery)) throw error;
      answerText(request, response, 400, error.message);
    }
    return true;
  }

  #isOurs(place: string): boolean {
    const { token, path: ours } = this.#settings;
    if (token === undefined) return place === ours;
    return place.endsWith(ours) && sameSecret(place.slice(0, -ours.length), `/${token}`);
  }

  get #snapshot(): Snapshot {
    this.#whole ??= new Snapshot(this.#head, this.#events.inOrder(), foot);
    return this.#whole;
  }

  #snapshotOf({ fromMs, toMs }: TimeRange): Snapshot {
    const isIn = ({ startMs, endMs }: FeedEvent): boolean =>
      startMs < toMs && (endMs > fromMs || (endMs === startMs && startMs === fromMs));
    return new Snapshot(this.#head, this.#events.inOrder().filter(isIn), foot);
  }

  /**
   * Last-Modified, once its second is over: a client that got it within that second would take for unchanged what changes
   * in the rest of it (RFC 9110, 8.8.2.2).
   */
  get #modifiedS(): number | undefined {
    const modifiedS = Math.floor(this.#modifiedMs / 1000);
    return modifiedS < Math.floor(this.#settings.clock.nowMs() / 1000) ? modifiedS : undefined;
  }

  #put(activity: Activity): boolean {
    const { uid, removed, sequence = 0 } = activity;
    if (removed === true) {
      const isRemoved = this.#events.delete(uid);
      this.#reports.count(isRemoved ? 'removed' : 'skipped');
      return isRemoved;
    }
    try {
      const held = this.#events.get(uid);
      const bytes = this.#encode(activity);
      if (held !== undefined && (sequence < held.sequence || bytes.equals(held.bytes))) {
        this.#reports.count('kept');
        return false;
      }
      const startMs = activity.endMs === undefined ? activity.startMs - this.#calendar.slotMs : activity.startMs;
      const endMs = Math.max(startMs, activity.endMs ?? activity.startMs);
      // What the encoder gave is its own memory, which it will write to again.
      const copy = Buffer.from(bytes);
      const digest = hash('sha256', copy, 'base64url');
      this.#events.set({ uid, startMs, endMs, sequence, bytes: copy, digest, place: -1 });
      this.#reports.count('written');
      this.#makeRoom();
      return true;
    } catch (error) {
      this.#reports.reject(error, activity);
      return false;
    }
  }

  #encode(activity: Activity): Buffer {
    const bytes = this.#encoder.encode(activity);
    const { maxBytes } = this.#settings;
    if (bytes.length <= maxBytes) return bytes;
    const fault = `an event of ${bytes.length} bytes is larger than the whole feed may be (maxBytes, ${maxBytes})`;
    throw new IcalSinkError('ERR_ICAL_SINK_FEED', fault, { value: activity.uid, limit: maxBytes });
  }

  /** Drops those that ended first until there is room. */
  #makeRoom(): void {
    const { maxEvents, maxBytes } = this.#settings;
    let dropped = 0;
    while (this.#events.size > maxEvents || this.#events.bytes > maxBytes) {
      this.#events.delete((this.#events.first as FeedEvent).uid);
      dropped += 1;
    }
    this.#reports.count('dropped', dropped);
  }
}
