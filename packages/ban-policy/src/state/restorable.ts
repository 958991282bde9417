import type { ResolvedRules } from '../options.ts';
import type { KeptBan } from './kept-state.ts';

/**
 * The ban as it goes on after a restart: one that is longer than bans may be by now is cut to that. Counted is from its
 * beginning, or from the failure that moved its end last.
 *
 * @returns undefined when it is over
 */
export function restorable(
  ban: KeptBan,
  rules: Pick<ResolvedRules, 'banTimeMs' | 'increment'>,
  nowMs: number,
): KeptBan | undefined {
  const { banTimeMs, increment } = rules;
  const longestMs = increment === undefined ? banTimeMs : (increment.maxTimeMs ?? Number.POSITIVE_INFINITY);
  const latestMs = (ban.extendedAtMs ?? ban.bannedAtMs) + longestMs;
  const endMs = Math.min(ban.endMs, latestMs);
  if (endMs <= nowMs) return undefined;
  return endMs === ban.endMs ? ban : { ...ban, endMs };
}
