const units = [
  [86_400, 'P', 'D'],
  [3600, 'PT', 'H'],
  [60, 'PT', 'M'],
] as const;

/** A length of time as iCalendar's DURATION (RFC 5545, 3.3.6) in one unit, the largest that fits evenly: `PT90M`. */
export function duration(lengthMs: number): string {
  const seconds = Math.round(lengthMs / 1000);
  const unit = units.find(([size]) => seconds % size === 0);
  return unit === undefined ? `PT${seconds}S` : `${unit[1]}${seconds / unit[0]}${unit[2]}`;
}
