import type { QueueChange } from '@sluice/exim-queue';

/** What shows changes. */
export interface ChangeView {
  readonly add: (change: QueueChange) => void;
  /** Shows what is not shown yet, and leaves the terminal as it was. */
  readonly end: () => void;
}
