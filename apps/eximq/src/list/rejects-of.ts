import type { QueueFilter } from '@sluice/exim-queue/batches';
import type { RejectSink } from '@sluice/pipeline';

/**
 * Where rejects of a listing go: of all messages, damaged ones are listed as such and need not be told. With a filter it
 * cannot be said whether they belong to what was asked for.
 */
export const rejectsOf = (messages: RejectSink, where: QueueFilter | undefined): RejectSink => ({
  next: (reject) => {
    if (where !== undefined || reject.code !== 'ERR_EXIM_QUEUE_DAMAGED') messages.next(reject);
  },
});
