import type { ActivityStats } from './activity-stats.ts';
import { levelLimits, levelOf } from './levels.ts';
import { legend, shade } from './shades.ts';

export interface HoursTextOptions {
  /** How wide a line may be; from 61 on each hour is two columns wide. Default 80. */
  readonly columns?: number;
  /** Colours instead of shades. Default false. */
  readonly color?: boolean;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const labelWidth = 4;
const sumWidth = 9;

/**
 * When activities happen, for a terminal: a row a weekday, Monday first, a column an hour of the author's clock, and
 * each weekday's sum. Lines end in a line feed. Needs 37 columns.
 */
export function hoursText(stats: ActivityStats, options: HoursTextOptions = {}): string {
  const { columns = 80, color = false } = options;
  const { hourByWeekday } = stats.toJSON();
  const cellWidth = columns >= labelWidth + 48 + sumWidth ? 2 : 1;
  const limits = levelLimits(hourByWeekday.flat());
  const hours = Array.from({ length: 8 }, (_, n) => String(n * 3).padEnd(3 * cellWidth)).join('');
  const rows = hourByWeekday.map((row, weekday) => {
    const cells = row.map((count) => shade(levelOf(count, limits), cellWidth, color)).join('');
    const sum = row.reduce((a, b) => a + b, 0);
    return `${weekdays[weekday]} ${cells}${sum.toLocaleString('en').padStart(sumWidth)}`;
  });
  return `${[`${' '.repeat(labelWidth)}${hours}`.trimEnd(), ...rows, '', legend(color)].join('\n')}\n`;
}
