import type { QueueEntry } from './queue-entry.ts';

/**
 * - `present`: it was there when watching began; `ready` after the last of these (`count`);
 * - `arrived`: a new message;
 * - `delivered`: recipients were delivered; with `isGone` the message is through;
 * - `deferred`: a delivery was tried and is to be tried again;
 * - `frozen`, `thawed`;
 * - `removed`: an administrator removed it (`by`), or it left and nobody told why;
 * - `bounced`: recipients failed for good, or delivery was given up; with `isGone` the message is through;
 * - `changed`: anything else of it: a recipient was added, the sender edited, it was moved;
 * - `reconciled`: the folders were compared with what was known: `count` messages had changed without being noticed.
 */
export type QueueChangeKind =
  | 'present'
  | 'ready'
  | 'arrived'
  | 'delivered'
  | 'deferred'
  | 'frozen'
  | 'thawed'
  | 'removed'
  | 'bounced'
  | 'changed'
  | 'reconciled';

/** One thing that happened to the queue. */
export interface QueueChange {
  readonly kind: QueueChangeKind;
  /** The message's id; `''` for `ready` and `reconciled`. */
  readonly id: string;
  /** When it happened, milliseconds since the epoch: the log's time where the log told, else when it was noticed. */
  readonly timeMs: number;
  /** The message has left the queue. */
  readonly isGone: boolean;
  /**
   * False: it does not match `where` any more, and nothing more is told of it until it does again. Otherwise absent.
   */
  readonly matches?: false;
  /** The message as it is now; of one that is gone, as it was last. */
  readonly entry?: QueueEntry;
  /** The recipients that this is about. */
  readonly recipients?: readonly string[];
  /** Who did it, where the log tells. */
  readonly by?: string;
  /** Why, in the log's words. */
  readonly reason?: string;
  /** For `ready` and `reconciled`. */
  readonly count?: number;
  /** What told it. */
  readonly from: 'spool' | 'log' | 'reconcile';
}
