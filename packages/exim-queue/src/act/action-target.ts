import type { QueueEntry } from '../queue-entry.ts';

/** A message to act on: an entry, or what of it tells which it is; or only its id. */
export type ActionTarget = Pick<QueueEntry, 'id' | 'queue'> | string;
