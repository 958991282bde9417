import type { ResolvedStoreOptions } from './options.ts';
import { Purge } from './purge.ts';
import type { Tables } from './tables.ts';

const stepEveryMs = 1000;
const roundEveryMs = 3_600_000;
/** As often a round may halve the age, down to some seconds of a day. */
const mostHalvings = 14;

interface PurgerHooks {
  readonly isOpen: (jailKey: string) => boolean;
  readonly onPurged: (count: number) => void;
}

/**
 * Forgets what is too old: a round at the start and then one an hour, a step a second. While the data is above its bound,
 * rounds follow each other and each forgets what is half as old as the one before.
 */
export class Purger {
  ageMs: number;
  readonly #tables: Tables;
  readonly #options: ResolvedStoreOptions;
  readonly #hooks: PurgerHooks;
  readonly #purge: Purge;
  readonly #timer: NodeJS.Timeout;
  #nextRoundMs = Number.NEGATIVE_INFINITY;
  #halvings = 0;

  constructor(tables: Tables, options: ResolvedStoreOptions, hooks: PurgerHooks) {
    this.ageMs = options.purgeAgeMs;
    this.#tables = tables;
    this.#options = options;
    this.#hooks = hooks;
    this.#purge = new Purge(tables);
    this.#timer = setInterval(() => this.step(), stepEveryMs);
    this.#timer.unref();
  }

  /** Whether the data has reached its bound. */
  get isFull(): boolean {
    return this.#tables.bytes >= this.#options.maxHistoryBytes;
  }

  step(): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs < this.#nextRoundMs && !this.isFull) return;
    const purgeAgeMs = this.ageMs / 2 ** this.#halvings;
    const { forgotten, isRound } = this.#purge.step({ nowMs, purgeAgeMs, isOpen: this.#hooks.isOpen });
    if (forgotten > 0) this.#hooks.onPurged(forgotten);
    if (!isRound) return;
    this.#halvings = this.isFull ? Math.min(this.#halvings + 1, mostHalvings) : 0;
    this.#nextRoundMs = nowMs + roundEveryMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
