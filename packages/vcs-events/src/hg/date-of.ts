import type { Signature } from '../commit.ts';

const maxTimeMs = 8.64e15;
const maxZoneMinutes = 14 * 60;

/** A date of Mercurial: seconds since the epoch, and how many its zone lies west of UTC. */
export function dateOf([seconds, westSeconds]: readonly [number, number]): Pick<
  Signature,
  'timeMs' | 'tzMinutes' | 'rawDate'
> {
  const rawDate = `${seconds} ${westSeconds}`;
  const timeMs = Math.round(seconds * 1000);
  if (Math.abs(timeMs) > maxTimeMs) return { rawDate };
  // Never -0.
  const tzMinutes = 0 - westSeconds / 60;
  const isZone = Number.isInteger(tzMinutes) && Math.abs(tzMinutes) <= maxZoneMinutes;
  return isZone ? { timeMs, tzMinutes } : { timeMs, rawDate };
}
