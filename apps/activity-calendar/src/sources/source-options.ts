import type { RejectSink } from '@sluice/pipeline';
import type { Cursor } from '@sluice/vcs-events/batches';

/** How a source is read. */
export interface SourceOptions {
  /** Goes on with what is added, until aborted. Default false. */
  readonly follow?: boolean;
  /** The order does not matter: whatever is quickest. Default false: oldest first, where the source has an order. */
  readonly anyOrder?: boolean;
  readonly signal: AbortSignal;
  /** What could not be used as it is. */
  readonly rejects: RejectSink;
  /** Called after each batch, and at the end, with how much was read so far, before filters. */
  readonly onRead?: (read: number) => void;
  /** Called about once a second with how much there is to read, where that can be known; finding it out takes time. */
  readonly onTotal?: (total: number) => void;
  /** Repositories: only what was added since. Default all. */
  readonly cursor?: Cursor;
  /** Repositories: called when all up to it has been delivered. */
  readonly onCursor?: (cursor: Cursor) => void;
}
