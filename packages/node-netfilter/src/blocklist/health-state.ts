import { type Clock, systemClock } from '@sluice/pipeline';
import { type Observable, ReplaySubject } from 'rxjs';
import type { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { Health } from './health.ts';

/** How a block list is, told to all who look. */
export class HealthState {
  readonly #subject = new ReplaySubject<Health>(1);
  readonly changes: Observable<Health> = this.#subject.asObservable();
  readonly #clock: Clock;
  #now: Health;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    this.#now = { state: 'ok', sinceMs: clock.nowMs(), repairs: 0 };
    this.#subject.next(this.#now);
  }

  get now(): Health {
    return this.#now;
  }

  ok(): void {
    if (this.#now.state !== 'ok') this.#set({ state: 'ok' });
  }

  repairing(reason: string): void {
    this.#set({ state: 'repairing', reason });
  }

  /** Says the same thing once. */
  failing(error: NodeNetfilterError): void {
    if (this.#now.state === 'failing' && this.#now.reason === error.message) return;
    this.#set({ state: 'failing', reason: error.message, error });
  }

  repaired(): void {
    this.#set({ state: 'ok' }, this.#now.repairs + 1);
  }

  closed(): void {
    if (this.#now.state === 'closed') return;
    this.#set({ state: 'closed' });
    this.#subject.complete();
  }

  #set(health: Omit<Health, 'sinceMs' | 'repairs'>, repairs = this.#now.repairs): void {
    this.#now = { ...health, sinceMs: this.#clock.nowMs(), repairs };
    this.#subject.next(this.#now);
  }
}
