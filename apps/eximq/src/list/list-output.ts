import type { QueueEntry, QueueField } from '@sluice/exim-queue/batches';

/** A way to print messages. */
export interface ListOutput {
  /** What has to be read for it besides the envelope. */
  readonly fields: readonly QueueField[];
  /** Headers that have to be read, by their names in lower case. */
  readonly headers: readonly string[];
  /** Text for these messages; what comes at the end may be held back. */
  readonly text: (entries: readonly QueueEntry[]) => string | Promise<string>;
  /** The rest. */
  readonly end: () => string;
}
