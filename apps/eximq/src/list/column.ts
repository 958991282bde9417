import type { QueueEntry, QueueField } from '@sluice/exim-queue/batches';
import type { Style } from '../output/style.ts';

/** A column of the table of messages. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  /** May be cut where the terminal is narrow. */
  readonly isFlexible?: boolean;
  /** What has to be read for it besides the envelope. */
  readonly field?: QueueField;
  /** Headers that have to be read for it. */
  readonly headers?: readonly string[];
  /** Text of others: it is made printable before it is shown. */
  readonly text: (entry: QueueEntry, nowMs: number) => string;
  readonly style?: (entry: QueueEntry) => Style | undefined;
}
