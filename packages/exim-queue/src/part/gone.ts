import { EximQueueError } from '../exim-queue-error.ts';
import type { FilePart } from './part-name.ts';

const faults = {
  headers: (id: string) => `${id} is not in the queue`,
  body: (id: string) => `${id} is not in the queue, or its body is missing`,
  log: (id: string) => `there is no log of ${id}`,
} as const;

/** The error for a message, or a file of it, that is not there, or not there any more. */
export const gone = (id: string, part: FilePart): EximQueueError =>
  new EximQueueError('ERR_EXIM_QUEUE_GONE', faults[part](id), { value: id });
