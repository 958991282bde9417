const secondMs = 1000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** `42s`, `12m`, `5h`, `3d`: an age in few letters, rounded down, as an age is told. A time to come is `0s`. */
export function ageText(ageMs: number): string {
  if (ageMs < minuteMs) return `${Math.max(0, Math.floor(ageMs / secondMs))}s`;
  if (ageMs < 2 * hourMs) return `${Math.floor(ageMs / minuteMs)}m`;
  if (ageMs < 3 * dayMs) return `${Math.floor(ageMs / hourMs)}h`;
  return `${Math.floor(ageMs / dayMs)}d`;
}
