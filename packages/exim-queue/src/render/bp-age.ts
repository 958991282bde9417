/**
 * An age in the three columns of `exim -bp`: whole minutes up to 90, then hours, rounded, up to 72, then days, rounded.
 * More than two digits take more columns. Both times are taken in whole seconds, as Exim has them.
 */
export function bpAge(receivedMs: number, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000) - Math.floor(receivedMs / 1000);
  const minutes = Math.trunc(seconds / 60);
  if (minutes <= 90) return inColumns(minutes, 'm');
  const hours = Math.trunc((minutes + 30) / 60);
  if (hours <= 72) return inColumns(hours, 'h');
  return inColumns(Math.trunc((hours + 12) / 24), 'd');
}

/** A clock that was set back gives ages below zero, of which the sum keeps JavaScript's -0 away. */
const inColumns = (count: number, unit: string): string => `${count + 0}`.padStart(2) + unit;
