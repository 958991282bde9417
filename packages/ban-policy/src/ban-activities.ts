import type { Activity, BanEvent, Metrics } from '@sluice/pipeline';
import { type BanActivityOptions, banActivity, sequenceOf } from './ban-activity.ts';
import { check } from './check.ts';
import { banPolicyMetrics } from './metrics.ts';

/** Options of `BanActivities` and `toActivities`. */
export interface BanActivitiesOptions extends BanActivityOptions {
  /**
   * Most standing bans remembered, at least 1. One more forgets the one told first: an unban of it then changes nothing.
   * Default 10,000.
   */
  readonly maxStanding?: number;
  /**
   * Also tells of bans that are applied again after a restart. Whoever keeps what was told (a file, a CalDAV server) has
   * them already, and with their lines; a feed in memory has not. Default false.
   */
  readonly restored?: boolean;
  readonly metrics?: Metrics;
}

/**
 * Bans as activities that change while they stand: remembers each until it is over.
 *
 * A ban that is prolonged, or ended before its time, gives its activity again with the new end and a higher `sequence`. One
 * that ends when it was said to gives nothing more.
 */
export class BanActivities {
  readonly #options: BanActivitiesOptions;
  readonly #maxStanding: number;
  /** By jail and id, in the order of being told. */
  readonly #standing = new Map<string, Activity>();

  /** @throws BanPolicyError `ERR_BAN_POLICY_OPTION` */
  constructor(options: BanActivitiesOptions) {
    const maxStanding = check.integer('maxStanding', options.maxStanding, 10_000, 1);
    // What cannot be is refused here, and not only with the first ban.
    banActivity({ kind: 'unban', jail: '', id: '', timeMs: 0, reason: 'manual' }, options);
    this.#options = options;
    this.#maxStanding = maxStanding;
  }

  /** What the event tells of its ban; undefined when nothing changed. */
  take(event: BanEvent): Activity | undefined {
    // A jail's name has no NUL: it is a name in a file of configuration.
    const key = `${event.jail}\0${event.id}`;
    const standing = this.#standing.get(key);
    if (event.kind === 'unban') {
      this.#standing.delete(key);
      return standing && ended(standing, event.timeMs);
    }
    const told = banActivity(event, this.#options);
    if (told === undefined) return undefined;
    const activity = standing?.uid === told.uid ? prolonged(standing, told) : told;
    this.#remember(key, activity);
    return event.kind === 'ban' && event.restored && this.#options.restored !== true ? undefined : activity;
  }

  #remember(key: string, activity: Activity): void {
    this.#standing.delete(key);
    this.#standing.set(key, activity);
    if (this.#standing.size <= this.#maxStanding) return;
    for (const oldest of this.#standing.keys()) {
      this.#standing.delete(oldest);
      this.#options.metrics?.add(banPolicyMetrics.forgottenActivities, 1);
      break;
    }
  }
}

/** The activity as it was told, with its new end. */
function prolonged(standing: Activity, { endMs, sequence = 0 }: Activity): Activity {
  const { endMs: _, ...rest } = standing;
  return { ...rest, ...(endMs !== undefined && { endMs }), sequence: above(standing, sequence) };
}

/** The activity with the end that it really had; undefined where that is what was said. */
function ended(standing: Activity, timeMs: number): Activity | undefined {
  const { startMs, endMs } = standing;
  if (endMs !== undefined && timeMs >= endMs) return undefined;
  return { ...standing, endMs: Math.max(startMs, timeMs), sequence: above(standing, sequenceOf(startMs, timeMs)) };
}

const above = ({ sequence = 0 }: Activity, wanted: number): number => Math.max(sequence + 1, wanted);
