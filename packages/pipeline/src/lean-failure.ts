import { cutText } from './cut-text.ts';
import type { Failure } from './failure.ts';
import { leanGroups } from './lean-groups.ts';
import { ownText } from './own-text.ts';

/**
 * The failure as it may be kept for long. Where a line that led to it is longer than `maxChars`, its lines and groups are cut
 * to that many UTF-16 units, and nothing else of them stays in memory. Else it is the failure itself.
 */
export function leanFailure<T extends Pick<Failure, 'line' | 'matches' | 'groups'> & Partial<Failure>>(
  failure: T,
  maxChars: number,
): T {
  const { id, address, groups, line, matches } = failure;
  const isLong = (text: string): boolean => text.length > maxChars;
  if (!isLong(line) && matches?.some(isLong) !== true) return failure;
  return {
    ...failure,
    ...(id !== undefined && { id: ownText(id) }),
    ...(address && { address: { ...address, text: ownText(address.text) } }),
    line: cutText(line, maxChars),
    ...(matches && { matches: matches.map((match) => cutText(match, maxChars)) }),
    groups: leanGroups(groups, maxChars),
  };
}
