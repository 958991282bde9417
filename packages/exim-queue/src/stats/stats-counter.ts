import type { QueueEntry } from '../queue-entry.ts';
import type { QueueStats } from './stats.ts';

type Totals = Omit<QueueStats, 'bySenderDomain'>;

/** Counts messages one by one. */
export class StatsCounter {
  readonly #totals: { -readonly [Name in keyof Totals]: number };

  constructor(atMs: number) {
    this.#totals = {
      atMs,
      messages: 0,
      frozen: 0,
      bounces: 0,
      deferred: 0,
      new: 0,
      delivering: 0,
      damaged: 0,
      recipients: 0,
      sizeBytes: 0,
      oldestAgeMs: 0,
    };
  }

  add({ state, frozenSinceMs, isBounce, recipients, sizeBytes = 0, receivedMs, problem }: QueueEntry): void {
    const totals = this.#totals;
    totals.messages += 1;
    if (state !== 'frozen') totals[state] += 1;
    if (state === 'frozen' || frozenSinceMs !== undefined) totals.frozen += 1;
    // Of a message without an envelope nobody knows what it is.
    if (isBounce && problem?.kind !== 'envelope' && problem?.kind !== 'read') totals.bounces += 1;
    for (const { isDelivered } of recipients) if (!isDelivered) totals.recipients += 1;
    totals.sizeBytes += sizeBytes;
    totals.oldestAgeMs = Math.max(totals.oldestAgeMs, totals.atMs - receivedMs);
  }

  totals(): Totals {
    return { ...this.#totals };
  }
}
