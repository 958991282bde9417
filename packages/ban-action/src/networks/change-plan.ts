import type { BanEvent } from '@sluice/pipeline';
import { BanActionError } from '../ban-action-error.ts';
import type { BanOutcome } from '../ban-backend.ts';
import { banOf, changeTo } from './change-to.ts';
import type { HeldNetwork } from './held-network.ts';
import type { Holds } from './holds.ts';
import type { NetworkChange } from './network-driver.ts';
import { type About, type Target, targetsIn } from './target.ts';

/** Changes that failed, each with its reason. */
export type Failed = ReadonlyMap<NetworkChange, BanActionError>;

/** What a batch does to one network. */
interface Touched {
  readonly target: Target;
  /** When its ban ended before the batch; undefined when it was not banned. */
  readonly endedMs: number | undefined;
  /** As it is held now. */
  held: HeldNetwork | undefined;
  jail: string;
  /** Whether an event bans it: it is told even where nothing changes, for the ban may be gone. */
  isBanned: boolean;
  /** Whether an event lets it in: it is told even where nobody knows of a ban, for one may stand from before. */
  isUnbanned: boolean;
  change: NetworkChange | undefined;
}

/**
 * What a batch of events comes to: the holds are brought up to date with them, and each network that they are about has
 * at most one change, whatever their number.
 */
export class ChangePlan {
  /** How what is banned has to change. */
  readonly changes: readonly NetworkChange[];
  readonly #events: readonly BanEvent[];
  readonly #about: readonly About[];
  readonly #holds: Holds;
  readonly #touched = new Map<string, Touched>();

  /**
   * @param about of each event
   * @param maxTimeoutMs longest ban that is ended without our doing
   */
  constructor(events: readonly BanEvent[], about: readonly About[], holds: Holds, nowMs: number, maxTimeoutMs: number) {
    this.#events = events;
    this.#about = about;
    this.#holds = holds;
    for (let n = 0; n < events.length; n += 1) {
      const target = about[n] as About;
      if (target instanceof BanActionError) continue;
      if ('key' in target) this.#touch(target, events[n] as BanEvent, nowMs);
      else for (const one of target) this.#touch(one, events[n] as BanEvent, nowMs);
    }
    const changes: NetworkChange[] = [];
    for (const touched of this.#touched.values()) {
      touched.change = changeFor(touched, nowMs, maxTimeoutMs);
      if (touched.change !== undefined) changes.push(touched.change);
    }
    this.changes = changes;
  }

  /** The change of a network; undefined when there is none to make. */
  changeOf(key: string): NetworkChange | undefined {
    return this.#touched.get(key)?.change;
  }

  /** What became of each event. Bans that failed are no longer held. */
  settle(failed: Failed, backend: string, durationMs: number): BanOutcome[] {
    const outcomes = this.#events.map((event, n): BanOutcome => {
      const about = this.#about[n] as About;
      const error = about instanceof BanActionError ? about : this.#errorOf(about, failed);
      return error === undefined
        ? { event, backend, ok: true, dryRun: false, durationMs }
        : { event, backend, ok: false, dryRun: false, durationMs, error };
    });
    if (failed.size > 0) for (const touched of this.#touched.values()) this.#forgetFailed(touched, failed);
    return outcomes;
  }

  #touch(target: Target, event: BanEvent, nowMs: number): void {
    const { kind, jail, id } = event;
    let touched = this.#touched.get(target.key);
    if (touched === undefined) {
      const held = this.#holds.get(target.key);
      touched = { target, endedMs: held?.endMs, held, jail, isBanned: false, isUnbanned: false, change: undefined };
      this.#touched.set(target.key, touched);
    } else touched.jail = jail;
    if (kind === 'unban') touched.isUnbanned = true;
    // A ban that is over already is none.
    if (kind === 'unban' || event.endMs <= nowMs) {
      touched.held &&= this.#holds.release(touched.held, jail, id);
      return;
    }
    touched.isBanned = true;
    touched.held = this.#holds.hold(target, jail, id, event.endMs, touched.held);
  }

  #errorOf(about: About, failed: Failed): BanActionError | undefined {
    if (failed.size === 0) return undefined;
    for (const { key } of targetsIn(about)) {
      const change = this.changeOf(key);
      const error = change && failed.get(change);
      if (error !== undefined) return error;
    }
    return undefined;
  }

  #forgetFailed({ held, endedMs, change }: Touched, failed: Failed): void {
    if (held === undefined || endedMs !== undefined || change === undefined || !failed.has(change)) return;
    this.#holds.forget(held);
  }
}

function changeFor(
  { target, endedMs, held, jail, isBanned, isUnbanned }: Touched,
  nowMs: number,
  maxTimeoutMs: number,
): NetworkChange | undefined {
  const isKnown = endedMs !== undefined;
  if (held === undefined || held.endMs <= nowMs)
    return isUnbanned || isKnown ? changeTo('unban', target, jail, 0, isKnown) : undefined;
  if (!isBanned && held.endMs === endedMs) return undefined;
  return banOf(held, isKnown, nowMs, maxTimeoutMs);
}
