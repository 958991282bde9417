import type { Activity, Metrics, RejectSink } from '@sluice/pipeline';

/** How activities become a calendar. */
export interface CalendarOptions {
  /** Who wrote the calendar: PRODID. Default `-//Sluice//ical-sink//EN`, or that of `compatibility`. */
  readonly productId?: string;
  /** The calendar's name for people: NAME and X-WR-CALNAME. Default none. */
  readonly name?: string;
  /** A CSS colour name, `teal`: COLOR. Default none. */
  readonly color?: string;
  /** Where the calendar can be fetched anew, an absolute address: URL. Default none. */
  readonly url?: string;
  /** How often subscribers should look again, at least 1,000: REFRESH-INTERVAL and X-PUBLISHED-TTL. Default: not said. */
  readonly refreshMs?: number;
  /** An activity at an instant becomes the block [instant - slotMs, instant]; with 0 it has no length. Default 300,000. */
  readonly slotMs?: number;
  /** As the scripts of that name wrote: their PRODID, `PRIORITY:5`, and DTSTAMP the same as DTSTART. Default: neither. */
  readonly compatibility?: 'svn2ical' | 'maildir2ical';
}

/** What every sink of this package takes. */
export interface SinkOptions {
  /** Activities that cannot be written, each with the reason. Default: only counted. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
  readonly signal?: AbortSignal;
}

/** How a calendar becomes a file, or several. */
export interface CalendarFileOptions extends CalendarOptions, SinkOptions {
  /**
   * `replace`: the file holds what is written now and nothing else. `upsert`: what is in the file stays, save that an event
   * with the same uid and no higher `sequence` is replaced, or taken out by a `removed` one. Default `replace`.
   */
  readonly mode?: 'replace' | 'upsert';
  /** One file for each year or month, UTC, by the activity's `startMs`: `commits-2024.ics`, `commits-2024-03.ics`. Default one. */
  readonly split?: 'month' | 'year';
  /** Largest file; what does not fit goes on in `commits.2.ics`. At least 4,096. Default no limit. */
  readonly maxBytes?: number;
  /** Most events of a file; what does not fit goes on in `commits.2.ics`. Default no limit. */
  readonly maxEvents?: number;
  /** Most files of one calendar. An activity that needs one more is rejected. Default 2,000. */
  readonly maxFiles?: number;
  /** Events that `upsert` holds in memory until it rewrites the file, in bytes; beyond it does so at once. Default 16 MiB. */
  readonly maxPendingBytes?: number;
  /** How long to wait while another process writes the same calendar. Default 30,000. */
  readonly lockTimeoutMs?: number;
}

/** How activities are joined to sessions. */
export interface SessionOptions extends SinkOptions {
  /** Activities of one author less than this apart belong together, at least 1. */
  readonly gapMs: number;
  /** How long before its first activity a session began. Default 300,000. */
  readonly slotMs?: number;
  /** Whose activities are joined: of one author, of one author in one source, or with the same key. Default `author`. */
  readonly by?: 'author' | 'author-and-source' | ((activity: Activity) => string);
  /**
   * True: each activity gives its session as it stands now, for sinks that replace (upsert, feed, CalDAV). False: each
   * session is given once, when it is complete. Default false.
   */
  readonly growing?: boolean;
  /** Most sessions that may still grow. Beyond it the one that has not grown for longest is closed. Default 1,000. */
  readonly maxOpen?: number;
  /** Most activities that a session's text lists; further ones are counted in it. Default 100. */
  readonly maxListed?: number;
}
