import type { Observable } from 'rxjs';
import type { ListOptions, OpenOptions, PartOptions, SummaryOptions, WatchOptions } from './options.ts';
import type { QueueChange } from './queue-change.ts';
import type { QueueEntry } from './queue-entry.ts';
import type { QueuePlace } from './queue-place.ts';
import type { StatsOptions } from './stats/queue-stats.ts';
import type { QueueStats } from './stats/stats.ts';
import type { SummaryRow } from './summary/summary-row.ts';

/**
 * A queue, as `openQueue` gives it. Its Observables are cold, and each subscription is on its own; nothing is looked for
 * before the first is subscribed to, or a method that returns a promise is called. What its methods take besides, they
 * take from the queue's options: `rejects`, `metrics`, `clock`. Aborting the queue's `signal` completes all Observables;
 * `stats` ends with what was counted so far, `count` and `place` reject with the signal's reason.
 *
 * All fail with what `locateQueue` fails with.
 */
export interface EximQueue {
  /** As they were given. */
  readonly options: OpenOptions;

  /** Where the queue is and how it is read. Found once; a failure is tried again at the next use. */
  place(): Promise<QueuePlace>;

  /**
   * The messages, one by one: what `entryBatches` reads. A synchronous consumer paces it; one that works asynchronously
   * takes the batches.
   */
  list(options?: ListOptions): Observable<QueueEntry>;

  /** How many messages there are, by the names of files alone: what `exim -bpc` prints. */
  count(): Promise<number>;

  /** Numbers and sizes by domain, sender, age and the like, most frequent first: what exiqsumm tells, and more. */
  summary(options?: SummaryOptions): Observable<SummaryRow>;

  /** Totals of the whole queue, read in one pass. */
  stats(options?: StatsOptions): Promise<QueueStats>;

  /** The present queue and then what happens to it, until it is unsubscribed. */
  watch(options?: WatchOptions): Observable<QueueChange>;

  /**
   * The file -H as it is, in pieces: what `exim -Mvh ID` prints.
   *
   * @throws {EximQueueError} `ID` at the call; the Observable fails with what `readPart` fails with
   */
  headers(id: string, options?: PartOptions): Observable<Uint8Array>;

  /** The file -D as it is, which begins with its name: what `exim -Mvb ID` prints. Fails as `headers` does. */
  body(id: string, options?: PartOptions): Observable<Uint8Array>;

  /** The message's log, with the reasons of its delays: what `exim -Mvl ID` prints. Fails as `headers` does. */
  log(id: string, options?: PartOptions): Observable<Uint8Array>;

  /** The message as it would be sent: what `exim -Mvc ID` prints. Fails as `headers` does. */
  message(id: string, options?: PartOptions): Observable<Uint8Array>;
}
