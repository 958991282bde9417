import type { SchedulerLike, Subscription, Unsubscribable } from 'rxjs';
import type { BanPolicy } from './ban-policy.ts';

/**
 * Longest wait. Timers stand still while a machine sleeps and know nothing of a clock that is set, so the clock is
 * looked at once a minute; it also keeps clear of the 2^31 ms that a Node timer can hold.
 */
const maxWaitMs = 60_000;

/** The one timer of a policy: it ends the bans that are over, then waits for the next. */
export class ExpiryTimer implements Unsubscribable {
  readonly #policy: BanPolicy;
  readonly #scheduler: SchedulerLike;
  #armedForMs = Number.POSITIVE_INFINITY;
  #wait: Subscription | undefined;
  #closed = false;

  constructor(policy: BanPolicy, scheduler: SchedulerLike) {
    this.#policy = policy;
    this.#scheduler = scheduler;
  }

  /** Sees to it that the timer does not run out after the next ban's end. */
  arm(): void {
    const endMs = this.#policy.nextEndMs;
    if (this.#closed || endMs >= this.#armedForMs) return;
    this.#wait?.unsubscribe();
    this.#armedForMs = endMs;
    const waitMs = Math.max(0, Math.min(endMs - this.#scheduler.now(), maxWaitMs));
    this.#wait = this.#scheduler.schedule(() => {
      this.#armedForMs = Number.POSITIVE_INFINITY;
      this.#policy.expire();
      this.arm();
    }, waitMs);
  }

  unsubscribe(): void {
    this.#closed = true;
    this.#wait?.unsubscribe();
  }
}
