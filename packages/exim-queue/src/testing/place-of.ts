import type { QueuePlace } from '../queue-place.ts';

/** The place of a spool that was written into a folder, without an Exim, changed where a test needs it. */
export const placeOf = (spoolDirectory: string, changes: Partial<QueuePlace> = {}): QueuePlace => ({
  backend: 'spool',
  spoolDirectory,
  spoolFrom: 'option',
  queue: '',
  aside: true,
  ...changes,
});
