import { isDeepStrictEqual } from 'node:util';

/**
 * Whether two parts of a configuration say the same, wherever they are written: a line that moved changes nothing.
 */
export const sameValue = (a: unknown, b: unknown): boolean => isDeepStrictEqual(withoutPlaces(a), withoutPlaces(b));

function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, part]) => key !== 'place' && typeof part !== 'function');
  return new Map(entries.map(([key, part]) => [key, withoutPlaces(part)]));
}
