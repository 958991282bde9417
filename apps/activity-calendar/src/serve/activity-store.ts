import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '@sluice/pipeline';
import { localTime } from '../stats/local-time.ts';
import { keptActivity } from './kept-activity.ts';

/** Newest first; those of one instant by uid, so that the order is the same for everybody. */
const newestFirst = (a: Activity, b: Activity): number =>
  b.startMs - a.startMs || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);

/**
 * The activities that a server knows, one for each uid, at most `maxActivities`; beyond it the oldest are dropped.
 *
 * A later one with the same uid takes the place of the earlier one, unless its `sequence` is lower.
 */
export class ActivityStore {
  readonly #max: number;
  readonly #byUid = new Map<string, Activity>();
  #sorted: readonly Activity[] = [];
  #added: Activity[] = [];
  #isStale = false;
  #version = 0;
  #dropped = 0;
  #undated = 0;

  constructor(maxActivities: number) {
    this.#max = maxActivities;
  }

  /** Rises with each change. */
  get version(): number {
    return this.#version;
  }

  /** How many activities had no place any more. */
  get dropped(): number {
    return this.#dropped;
  }

  /** How many came without a date that a calendar has. */
  get undated(): number {
    return this.#undated;
  }

  put(activities: readonly Activity[]): void {
    let isChanged = false;
    for (const activity of activities) isChanged = this.#putOne(activity) || isChanged;
    // A tenth more than there is place for may wait for its turn, so that not each batch is sorted.
    if (this.#byUid.size > this.#max * 1.1) this.newestFirst();
    if (isChanged) this.#version += 1;
  }

  /** All activities in order. The array is never changed afterwards: who walks through it may take his time. */
  newestFirst(): readonly Activity[] {
    if (!this.#isStale) return this.#sorted;
    const isKept = (activity: Activity): boolean => this.#byUid.get(activity.uid) === activity;
    const all = [...this.#sorted, ...this.#added].filter(isKept).sort(newestFirst);
    for (const { uid } of all.splice(this.#max)) {
      this.#byUid.delete(uid);
      this.#dropped += 1;
    }
    this.#sorted = all;
    this.#added = [];
    this.#isStale = false;
    return all;
  }

  #putOne(activity: Activity): boolean {
    const { uid } = activity;
    const before = this.#byUid.get(uid);
    if (activity.removed === true) {
      this.#isStale ||= before !== undefined;
      return this.#byUid.delete(uid);
    }
    if (localTime(activity.startMs, 0) === undefined) {
      this.#undated += 1;
      return true;
    }
    const kept = keptActivity(activity);
    if (before !== undefined && ((before.sequence ?? 0) > (kept.sequence ?? 0) || isDeepStrictEqual(before, kept)))
      return false;
    this.#byUid.set(uid, kept);
    this.#added.push(kept);
    this.#isStale = true;
    return true;
  }
}
