import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { CheckpointStore } from './checkpoint/checkpoint-store.ts';

/** Options of every source in this package. */
export interface CommonOptions {
  /** Aborting completes the stream; it does what unsubscribing does. Default: none. */
  readonly signal?: AbortSignal;
  /** Most un-acked chunks of one file; that file then waits, others go on. From 1 to 1024, default 4. */
  readonly maxInFlight?: number;
  /** Most bytes read from one file before the next one has its turn. From 1024 to 16 MiB, default 262 144. */
  readonly chunkBytes?: number;
  /** Length without its break from which a line is cut, in bytes. From 16 to 16 MiB, default 65 536. */
  readonly maxLineBytes?: number;
  /** `auto`: a chunk is acked when the consumer returns. `manual`: the consumer calls `ack()`. Default `auto`. */
  readonly ack?: 'auto' | 'manual';
  /** Where faults go that do not end the stream. Default: they are only counted. */
  readonly rejects?: RejectSink;
  /** Where to count, see `metricNames`. Default: nothing is counted. */
  readonly metrics?: Metrics;
}

/** Options of `followFiles`. */
export interface FollowOptions extends CommonOptions {
  /**
   * Where to begin in files that are there at the start and that the checkpoint does not know: at the `end` (of the
   * last whole line) or at the `beginning`. Files that appear later are always read from their beginning.
   * Default `end`.
   */
  readonly start?: 'end' | 'beginning';
  /** Remembers identities and positions over restarts. Default: none. */
  readonly checkpoint?: CheckpointStore;
  /** Longest time between a commit and its being durable, in ms. From 10 to 60 000, default 1000. */
  readonly checkpointIntervalMs?: number;
  /** Folder below which all globs are resolved, and which no symbolic link may leave. Default `/`: no bound. */
  readonly root?: string;
  /** How often a file that is being written to is read, in ms. From 1 to 60 000, default 50. */
  readonly pollIntervalMs?: number;
  /** Within what time every path is looked at, whatever was noticed before, in ms. From 10 to 600 000, default 2000. */
  readonly sweepIntervalMs?: number;
  /** How long a file that was rotated away must be quiet before it is closed, in ms. From 0 to 86 400 000, default 5000. */
  readonly rotateWaitMs?: number;
  /** Most files followed at once. From 1 to 1 000 000, default 16 384. */
  readonly maxFiles?: number;
  /**
   * `auto`: the system tells of appends to idle files, where it can. `never`: all files are polled. Default `auto`,
   * which polls on network file systems and when the system's watches are used up.
   */
  readonly watch?: 'auto' | 'never';
}

/** Options of `readFiles`. */
export interface ReadOptions extends CommonOptions {}

/** Options of `fromReadable` and `fromStdin`. */
export interface ReadableOptions extends CommonOptions {
  /** `source.path` of the chunks. Default `<stream>`, of `fromStdin` `<stdin>`. */
  readonly path?: string;
  /** `source.id` of the chunks. Default: a random one for each subscription. */
  readonly id?: string;
  /** `live` of the chunks: true for a feed of what happens now. Default false, as for something replayed. */
  readonly live?: boolean;
}
