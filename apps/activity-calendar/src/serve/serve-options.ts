import type { CalendarOptions } from '@sluice/ical-sink/batches';
import type { Activity, Metrics, RejectSink } from '@sluice/pipeline';

export interface ServeOptions {
  /** What to serve, read once. It may go on for ever: what comes later is served then. */
  readonly activities: AsyncIterable<readonly Activity[]>;
  /** Address or name to listen on: `127.0.0.1` for this machine alone. */
  readonly host: string;
  /** Port to listen on; 0 for any that is free, which `onListening` tells. */
  readonly port: number;
  /** Secret that each path begins with: 16 to 256 letters, digits, `_` or `-`. Default: none is needed. */
  readonly token?: string;
  /** How the feed is written. Its name is also the page's title. */
  readonly calendar: CalendarOptions;
  /**
   * Names that a request may ask for in `Host`, without port, besides `localhost`, `127.0.0.1` and `[::1]`: those of a
   * proxy before the server. Default: none on loopback; elsewhere any, unless some are given.
   */
  readonly allowedHosts?: readonly string[];
  /** Most activities that are kept; beyond it the oldest are dropped and counted. Default 200,000. */
  readonly maxActivities?: number;
  /** Counts days by UTC and not by each author's clock. Default false. */
  readonly utc?: boolean;
  /** What is wrong with sources at present, a line each, besides what `activities` throws. Default: nothing. */
  readonly problems?: () => readonly string[];
  /** Activities that the feed cannot write, and its counters. Default: they are not in the feed, and not counted. */
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
  /** Stops the server: it answers what it has begun, within half a second, and closes all connections. */
  readonly signal: AbortSignal;
  /** Told once, with the page's address: `http://127.0.0.1:8080/`. */
  readonly onListening: (url: string) => void;
}
