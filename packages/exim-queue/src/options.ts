import type { Chunk, Clock, Metrics, RejectSink } from '@sluice/pipeline';
import type { Observable, SchedulerLike } from 'rxjs';
import type { QueueFilter } from './queue-filter.ts';

/** Where a function tells what is amiss, and where it counts. Methods of a queue take the queue's. */
export interface Reporting {
  /** What is amiss with messages, folders and Exim's output. Default: only counted. */
  readonly rejects?: RejectSink;
  /** Where to count, see `metricNames`. Default: nothing is counted. */
  readonly metrics?: Metrics;
  /** The present time, for ages. Default: the machine's. */
  readonly clock?: Clock;
}

/** Options of `openQueue` and `locateQueue`. */
export interface OpenOptions extends Reporting {
  /** `spool_directory`. Default: Exim is asked; without an Exim it is Debian's, `/var/spool/exim4`. */
  readonly spool?: string;
  /** Path of Exim. Default: `exim4` or `exim` in PATH and the sbin folders; the first that is there. */
  readonly exim?: string;
  /** Exim's configuration file (`-C`), for Exims that run with another than their own. Default: its own. */
  readonly config?: string;
  /** Which queue: `''` the main one, a name, `'*'` all. Default `''`. */
  readonly queue?: string;
  /** Whether frozen messages that `move_frozen_messages` put aside belong to it. Default true. */
  readonly aside?: boolean;
  /** `spool`: only the files; `exim`: only `exim -bpr`; `auto`: the files where they may be read. Default `auto`. */
  readonly backend?: 'auto' | 'spool' | 'exim';
  /** Aborting ends all that was begun with this queue. Default: none. */
  readonly signal?: AbortSignal;
}

/** What of a message costs more than its envelope: size and locks a look at -D, reasons its log, headers all of -H. */
export type QueueField = 'size' | 'locks' | 'reasons' | 'headers';

/** Options of `list` and `entryBatches`. */
export interface ListOptions extends Reporting {
  /** Which messages. Default: all. */
  readonly where?: QueueFilter;
  /** What to read besides the envelope. Default `['size', 'locks']`. What `where` needs is read anyway. */
  readonly fields?: readonly QueueField[];
  /** With the field `headers`: which, by their names in lower case. Default: all. */
  readonly headers?: readonly string[];
  /**
   * `arrival`: as `exim -bp` lists them, by the id's time and last part; the names are all read before the first message.
   * `none`: as the folders have them, the first one at once. Default `arrival`.
   */
  readonly order?: 'arrival' | 'none';
  /** Emits messages of which the envelope cannot be read, too, whatever `where` says of them. Default: unless `where` is given. */
  readonly damaged?: boolean;
  /** Files that are read at once where the disk makes us wait (measured, not assumed). From 1 to 64, default 16. */
  readonly maxParallelReads?: number;
  /** Longest -H that is read, in bytes. From 4096 to 64 MiB, default 8 MiB. */
  readonly maxHeaderFileBytes?: number;
  /** Called about once a second and at the end of reading. Default: none. */
  readonly onProgress?: (progress: QueueProgress) => void;
  /** Aborting completes the stream. Default: none besides the queue's. */
  readonly signal?: AbortSignal;
}

export interface QueueProgress {
  /** Messages looked at, or acted on, so far. */
  readonly done: number;
  /** All that there are, where that is known. */
  readonly total?: number;
}

/** Options of `headers`, `body`, `log` and `message`. */
export interface PartOptions extends Reporting {
  /** More than this ends the stream with `TOO_LARGE`, in bytes. From 1 to 2^53, default: no bound; it streams. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** Options of the actions. */
export interface ActionOptions extends Reporting {
  /**
   * Ids given to one Exim, at most; the first ones get fewer, so that something happens soon. From 1 to 5000, default 1000.
   * `deliver`, `bounce` and actions with addresses run one Exim for each message.
   */
  readonly batch?: number;
  /** How long a batch waits to be full, in ms, with a source that is slow. From 0 to 60 000, default 200. */
  readonly batchWaitMs?: number;
  /** Exims at once. From 1 to 32, default 2. */
  readonly concurrency?: number;
  /** Changes nothing; each message's result is `would`, or `skipped`, `gone` or `locked` as far as it can be told. Default false. */
  readonly dryRun?: boolean;
  /** Must still hold when the message's batch is about to go: it is read again just before. Default: no recheck. */
  readonly recheck?: QueueFilter;
  /** How often a locked message is tried again. From 0 to 100, default 2. */
  readonly lockedRetries?: number;
  /** How long to wait before a locked message is tried again, in ms. From 0 to 600 000, default 1000. */
  readonly lockedWaitMs?: number;
  /**
   * Longest time that one Exim may take, in ms; it is then ended, and the spool tells what became of the messages that it
   * did not answer for. One that delivers or bounces is left to go on, as mail could be sent twice else; its message is
   * `locked`. From 1000 to 86 400 000, default 600 000.
   */
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: QueueProgress) => void;
  /** Aborting starts no further Exim; those that run finish, as they may be in the middle of a message. Default: none. */
  readonly signal?: AbortSignal;
}

/** Options of `watch` and `changeBatches`. */
export interface WatchOptions extends Reporting {
  /** Which messages; one that begins to match `arrived`, one that ceases to is `changed` (`matches: false`). Default: all. */
  readonly where?: QueueFilter;
  /** Begins with the messages that are there (`present`). `ready` comes anyway. Default true. */
  readonly initial?: boolean;
  /** How often the folders are compared with what is known, in ms. From 100 to 86 400 000, default 30 000. */
  readonly reconcileMs?: number;
  /** How long a message that left waits for the log to say why, in ms. From 0 to 60 000, default 250. Only with `mainlog`. */
  readonly logWaitMs?: number;
  /** Exim's main log from now on, for who and why; for example `followFiles(path)` of `@sluice/log-source`. Default: none. */
  readonly mainlog?: Observable<Chunk>;
  /** Most messages that are remembered. From 1 to 100 000 000, default 5 000 000. */
  readonly maxMessages?: number;
  /** Timers. Default: the machine's. */
  readonly scheduler?: SchedulerLike;
  readonly signal?: AbortSignal;
}

/** What `summary` counts by. */
export type SummaryKey =
  | 'recipientDomain'
  | 'senderDomain'
  | 'sender'
  | 'host'
  | 'authId'
  | 'login'
  | 'state'
  | 'age'
  | 'reason';

/** Options of `summary`. */
export interface SummaryOptions extends Reporting {
  /** Default `recipientDomain`, as exiqsumm. */
  readonly by?: SummaryKey;
  readonly where?: QueueFilter;
  /** Most different keys; the rest is counted together under the key `…`. From 1 to 10 000 000, default 100 000. */
  readonly maxKeys?: number;
  readonly signal?: AbortSignal;
}
