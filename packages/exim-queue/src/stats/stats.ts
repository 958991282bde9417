import type { SummaryRow } from '../summary/summary-row.ts';

/** A queue in numbers. Messages are `new`, `deferred`, `delivering`, `damaged`, or frozen and not being delivered. */
export interface QueueStats {
  /** When counting began, milliseconds since the epoch; ages are of that time. */
  readonly atMs: number;
  readonly messages: number;
  /** All that are frozen, also those that are being delivered. */
  readonly frozen: number;
  readonly bounces: number;
  readonly deferred: number;
  readonly new: number;
  readonly delivering: number;
  readonly damaged: number;
  /** Those that are not delivered yet. */
  readonly recipients: number;
  readonly sizeBytes: number;
  /** 0 when there are no messages. */
  readonly oldestAgeMs: number;
  /** By count, the largest first; a bounce has the key `<>`. */
  readonly bySenderDomain: readonly SummaryRow[];
}
