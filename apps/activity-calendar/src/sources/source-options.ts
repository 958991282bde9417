import type { RejectSink } from '@sluice/pipeline';
import type { Cursor } from '@sluice/vcs-events';

/** How a source is read. */
export interface SourceOptions {
  /** Goes on with what is added, until aborted. Default false. */
  readonly follow?: boolean;
  /** The order does not matter: whatever is quickest. Default false: oldest first, where the source has an order. */
  readonly anyOrder?: boolean;
  readonly signal: AbortSignal;
  /** What could not be used as it is. */
  readonly rejects: RejectSink;
  /** Called now and then, and at the end, with what was read so far, before filters, and how much there is where known. */
  readonly onProgress?: (read: number, total?: number) => void;
  /** Repositories: only what was added since. Default all. */
  readonly cursor?: Cursor;
  /** Repositories: called when all up to it has been delivered. */
  readonly onCursor?: (cursor: Cursor) => void;
}
