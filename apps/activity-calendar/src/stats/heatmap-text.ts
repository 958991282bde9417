import type { ActivityStats } from './activity-stats.ts';
import { type LevelLimits, levelLimits, levelOf } from './levels.ts';
import { dayKey, firstDayOfYear, monthOf, weekdayOf } from './local-time.ts';
import { legend, shade } from './shades.ts';
import { wrapWords } from './wrap-words.ts';

export interface HeatmapTextOptions {
  /** How wide a line may be. Weeks that have no place are left out, the oldest first. Default 80. */
  readonly columns?: number;
  /** Colours instead of shades: SGR sequences of 24 bit. Default false. */
  readonly color?: boolean;
  /** The year to show. Default: the 53 weeks up to the last day that has an activity. */
  readonly year?: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const labelWidth = 4;

/** The days that a heatmap shows; what the first and last week have beyond them stays blank. */
interface Span {
  readonly firstDay: number;
  readonly lastDay: number;
}

/**
 * A year of activities for a terminal: a column a week, a row a weekday, Monday first, months above, and below how many
 * there were. Lines end in a line feed, and none is wider than `columns`, down to 20.
 */
export function heatmapText(stats: ActivityStats, options: HeatmapTextOptions = {}): string {
  const { columns = 80, color = false, year } = options;
  const days = stats.days();
  const whole = year === undefined ? yearUpTo(days) : { firstDay: firstDayOfYear(year), lastDay: lastDayOf(year) };
  if (whole === undefined) return 'No activities.\n';
  const room = Math.max(1, columns - labelWidth);
  const cellWidth = weeksOf(whole) * 2 <= room ? 2 : 1;
  const span = lastWeeks(whole, Math.floor(room / cellWidth));
  const shown = [...days].filter(([day]) => day >= span.firstDay && day <= span.lastDay);
  const limits = levelLimits(shown.map(([, count]) => count));
  const cell = (day: number): string => cellText(day, span, days.get(day) ?? 0, limits, cellWidth, color);
  const rows = weekdays.map((name, weekday) => {
    const monday = span.firstDay - weekdayOf(span.firstDay);
    const cells = Array.from({ length: weeksOf(span) }, (_, week) => cell(monday + week * 7 + weekday));
    return `${name} ${cells.join('')}`.trimEnd();
  });
  const total = shown.reduce((sum, [, count]) => sum + count, 0);
  const sum = `${count(total, 'activity', 'activities')} on ${count(shown.length, 'day', 'days')}, ${dayKey(span.firstDay)} to ${dayKey(span.lastDay)}`;
  return `${[monthsLine(span, cellWidth), ...rows, '', ...wrapWords(sum, columns), legend(color)].join('\n')}\n`;
}

const count = (n: number, one: string, many: string): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

const lastDayOf = (year: number): number => firstDayOfYear(year + 1) - 1;

/** 53 weeks, of which the last one may be short; undefined when there is no day at all. */
function yearUpTo(days: ReadonlyMap<number, number>): Span | undefined {
  if (days.size === 0) return undefined;
  let lastDay = Number.NEGATIVE_INFINITY;
  for (const day of days.keys()) if (day > lastDay) lastDay = day;
  return { firstDay: lastDay - weekdayOf(lastDay) - 52 * 7, lastDay };
}

const weeksOf = ({ firstDay, lastDay }: Span): number => Math.floor((lastDay - firstDay + weekdayOf(firstDay)) / 7) + 1;

function lastWeeks(span: Span, weeks: number): Span {
  const monday = span.lastDay - weekdayOf(span.lastDay) - (weeks - 1) * 7;
  return { firstDay: Math.max(span.firstDay, monday), lastDay: span.lastDay };
}

function cellText(day: number, span: Span, n: number, limits: LevelLimits, width: number, color: boolean): string {
  if (day < span.firstDay || day > span.lastDay) return ' '.repeat(width);
  return shade(levelOf(n, limits), width, color);
}

/** Each month's name above the first week that has its first day, where the name before it leaves room. */
function monthsLine(span: Span, cellWidth: number): string {
  const monday = span.firstDay - weekdayOf(span.firstDay);
  const width = labelWidth + weeksOf(span) * cellWidth;
  let line = '';
  for (let week = 0; week < weeksOf(span); week += 1) {
    const { month, dayOfMonth } = monthOf(Math.min(monday + week * 7 + 6, span.lastDay));
    const column = labelWidth + week * cellWidth;
    const name = months[month] ?? '';
    if (dayOfMonth <= 7 && column > line.length && column + name.length <= width)
      line = `${line.padEnd(column)}${name}`;
  }
  return line;
}
