import type { Activity } from '@sluice/pipeline';

/** Most uids that are remembered; beyond it the oldest are forgotten. */
const maxSeen = 2_000_000;

/**
 * Drops what comes a second time: a commit that two clones have, a mail that lies in two folders. The first one stands, save
 * that a removal or a higher sequence is something new.
 */
export class SeenActivities {
  readonly #seen = new Set<string>();
  /** How many were dropped. */
  dropped = 0;

  fresh(activities: readonly Activity[]): readonly Activity[] {
    return activities.filter(({ uid, sequence = 0, removed = false }) => {
      const key = sequence === 0 && !removed ? uid : `${uid} ${sequence} ${removed}`;
      if (this.#seen.has(key)) {
        this.dropped += 1;
        return false;
      }
      this.#seen.add(key);
      if (this.#seen.size > maxSeen) for (const oldest of this.#seen) return this.#seen.delete(oldest);
      return true;
    });
  }
}
