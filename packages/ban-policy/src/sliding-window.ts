/**
 * Adds `weight` failures at `timeMs` to the times of a sliding window, and drops what is out of it: all that is
 * `findTimeMs` or more older than the newest, and the oldest above `max`.
 *
 * @param times oldest first; changed
 * @returns how many lie within the window
 */
export function slide(times: number[], timeMs: number, weight: number, findTimeMs: number, max: number): number {
  let place = times.length;
  while (place > 0 && (times[place - 1] as number) > timeMs) place -= 1;
  times.splice(place, 0, ...new Array<number>(Math.min(weight, max)).fill(timeMs));
  const oldestMs = (times[times.length - 1] as number) - findTimeMs;
  let first = Math.max(0, times.length - max);
  while ((times[first] as number) <= oldestMs) first += 1;
  times.splice(0, first);
  return times.length;
}
