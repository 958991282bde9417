/**
 * Adds `weight` failures at `timeMs` to the times of a sliding window, and drops what is out of it: all that is
 * older than the newest by `findTimeMs` or more, and the oldest above `max`.
 *
 * @param times oldest first; changed
 * @returns how many lie within the window
 */
export function slide(times: number[], timeMs: number, weight: number, findTimeMs: number, max: number): number {
  let place = times.length;
  while (place > 0 && (times[place - 1] as number) > timeMs) place -= 1;
  times.splice(place, 0, ...new Array<number>(Math.min(weight, max)).fill(timeMs));
  const newestMs = times[times.length - 1] as number;
  let first = Math.max(0, times.length - max);
  while ((times[first] as number) < newestMs && (times[first] as number) <= newestMs - findTimeMs) first += 1;
  times.splice(0, first);
  return times.length;
}
