const units = ['', 'K', 'M', 'G', 'T'] as const;

/** `351`, `2.0K`, `694K`, `3.4M`: bytes in at most four letters; K is 1024. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // What would be shown as four digits belongs to the next unit.
  while (value >= (unit === 0 ? 1024 : 999.5) && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit > 0 && value < 9.95 ? `${value.toFixed(1)}${units[unit]}` : `${Math.round(value)}${units[unit]}`;
}
