import { ownText } from '@sluice/pipeline';
import { BoundedMap } from '../bounded-map.ts';
import type { Suspect } from './suspect.ts';

/** fail2ban's `ignorecache`: what was found out about somebody counts for a while. */
export interface IgnoreCacheOptions {
  /** What two have in common whose verdict is the same, `<ip>` for one. */
  readonly key: (who: Suspect) => string;
  /** Most verdicts kept. Default 100. */
  readonly maxCount?: number;
  /** How long one counts. Default 300,000 (5 minutes). */
  readonly maxTimeMs?: number;
}

interface Verdict {
  readonly isIgnored: boolean;
  readonly untilMs: number;
}

/** Verdicts by key, for a time, the oldest giving way. */
export class VerdictCache {
  readonly #key: (who: Suspect) => string;
  readonly #maxTimeMs: number;
  readonly #verdicts: BoundedMap<Verdict>;

  constructor({ key, maxCount = 100, maxTimeMs = 300_000 }: IgnoreCacheOptions) {
    this.#key = key;
    this.#maxTimeMs = maxTimeMs;
    this.#verdicts = new BoundedMap(maxCount);
  }

  keyOf(who: Suspect): string {
    return this.#key(who);
  }

  get(key: string, nowMs: number): boolean | undefined {
    const verdict = this.#verdicts.get(key);
    if (verdict === undefined) return undefined;
    // A clock that was set back must not make it count for longer.
    if (verdict.untilMs > nowMs && verdict.untilMs - nowMs <= this.#maxTimeMs) return verdict.isIgnored;
    this.#verdicts.delete(key);
    return undefined;
  }

  set(key: string, isIgnored: boolean, nowMs: number): void {
    // A key may be a part of a long line, and that an attacker's.
    this.#verdicts.set(ownText(key), { isIgnored, untilMs: nowMs + this.#maxTimeMs });
  }
}
