import type { QueueEntry } from '../queue-entry.ts';

/** A sound entry with a few facts, changed where a test needs it. */
export const entry = (changes: Partial<QueueEntry> = {}): QueueEntry => ({
  id: '1xVJLa-0005ku-09',
  queue: '',
  isAside: false,
  state: 'deferred',
  receivedMs: 1_700_000_000_000,
  sender: 'plain@x.test',
  isBounce: false,
  recipients: [{ address: 'you@defer.test', isDelivered: false }],
  sizeBytes: 351,
  warnings: 0,
  login: 'root',
  isSenderUntrusted: false,
  ...changes,
});
