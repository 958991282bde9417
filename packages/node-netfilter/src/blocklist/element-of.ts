import type { SetElement } from '../ruleset/set-element.ts';
import type { Entry } from './mirror-set.ts';
import { isPlainList } from './set-place.ts';

/** An element as the kernel is told of it: with what is left of its time, and its list where the set's name does not tell. */
export function elementOf({ set, key, endMs, list }: Entry, nowMs: number): SetElement {
  const { owner } = set.place;
  const isTold = list === '' || (owner !== undefined && (owner === 'any' || isPlainList(list)));
  if (endMs === Number.POSITIVE_INFINITY) return isTold ? { key } : { key, comment: list };
  const timeoutMs = Math.ceil(endMs - nowMs);
  return isTold ? { key, timeoutMs } : { key, timeoutMs, comment: list };
}
