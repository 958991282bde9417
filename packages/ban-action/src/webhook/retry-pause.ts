/** What decides about a pause. */
export interface RetryRule {
  readonly retryPauseMs: number;
  readonly maxRetryPauseMs: number;
}

/** Milliseconds that a `Retry-After` (RFC 9110, 10.2.3) asks for; undefined when it is none. */
export function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  // Date.parse alone takes more for a date than is one.
  const dateMs = / GMT$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/**
 * Pause before the next attempt: twice as long each time, and by chance up to half as long or half as long again, so that
 * many who failed at once do not come back at once. What the server asks for comes first. Both are bounded.
 *
 * @param failed attempts so far, from 1
 */
export function retryPause(
  rule: RetryRule,
  failed: number,
  askedMs: number | undefined,
  random: () => number = Math.random,
): number {
  const ownMs = rule.retryPauseMs * 2 ** (failed - 1) * (0.5 + random());
  return Math.min(rule.maxRetryPauseMs, Math.max(ownMs, askedMs ?? 0));
}
