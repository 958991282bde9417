/** The largest counts of the levels 1, 2 and 3; what is above them is level 4. */
export type LevelLimits = readonly [number, number, number];

/**
 * Divides counts into four levels by their quartiles, so that one wild day does not make all others look empty. Zeros
 * are left out. The limits always rise, also when most counts are the same.
 */
export function levelLimits(counts: Iterable<number>): LevelLimits {
  const sorted = [...counts].filter((count) => count > 0).sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.max(0, Math.floor(sorted.length * part) - 1)] ?? 1;
  const first = at(0.25);
  const second = Math.max(at(0.5), first + 1);
  return [first, second, Math.max(at(0.75), second + 1)];
}

/** 0 for nothing, else 1 to 4. */
export function levelOf(count: number, limits: LevelLimits): number {
  if (count <= 0) return 0;
  return 1 + limits.filter((limit) => count > limit).length;
}
