import type { DateFields } from './date-fields.ts';
import { fixedZone, localToUtcMs, type TimeZone } from './time-zone.ts';
import { zoneOffset } from './zone-offset.ts';

const dayMs = 86_400_000;

interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Midnight of a day as if it were UTC; undefined for a day that no calendar has. */
function midnight({ year, month, day }: CalendarDay): number | undefined {
  if (!(year >= 1 && year <= 9999)) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Day of the year that a week number and a weekday name; week 0 holds the days before the first Sunday or Monday. */
function dayOfWeek(year: number, { week, weekday }: DateFields): number | undefined {
  if (week === undefined || weekday === undefined) return undefined;
  const shift = week.begins === 'sunday' ? 1 : 0;
  const first = midnight({ year, month: 1, day: 1 });
  if (first === undefined) return undefined;
  const firstWeekday = (new Date(first).getUTCDay() + 6 + shift) % 7;
  const daysBefore = week.number === 0 ? -firstWeekday : ((7 - firstWeekday) % 7) + 7 * (week.number - 1);
  return 1 + daysBefore + ((weekday + shift) % 7);
}

/** The day that the fields name in `year`, as midnight; `today` when they name none. */
function dayIn(year: number, fields: DateFields, today: CalendarDay): number | undefined {
  const { month, day } = fields;
  if (month !== undefined && day !== undefined) return midnight({ year, month, day });
  const yearDay = fields.yearDay ?? dayOfWeek(year, fields);
  if (yearDay !== undefined) {
    const first = midnight({ year, month: 1, day: 1 });
    return first === undefined ? undefined : first + (yearDay - 1) * dayMs;
  }
  if (month !== undefined || day !== undefined) return undefined;
  return midnight({ year, month: today.month, day: today.day });
}

/**
 * The instant that a date text names, in milliseconds since the epoch; undefined when it names none (30 February,
 * 25 o'clock, an unknown zone).
 *
 * - Without a year: this year, or last year when that is more than a day ahead of `nowMs`.
 * - Without a day: today, or yesterday when that is ahead of `nowMs`.
 * - Without a zone: in `zone`. A local time that is skipped or repeated by a clock change is read as
 *   {@link localToUtcMs} says.
 */
export function resolveDate(fields: DateFields, zone: TimeZone, nowMs: number): number | undefined {
  const { hour, minute, second } = fields;
  if (!(hour <= 23 && minute <= 59 && second <= 61)) return undefined;
  const minutes = fields.zone === undefined ? undefined : zoneOffset(fields.zone);
  if (fields.zone !== undefined && minutes === undefined) return undefined;
  const inZone = minutes === undefined ? zone : fixedZone(minutes);
  const now = new Date(nowMs + inZone.offsetMsAt(nowMs));
  const today = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
  const timeOfDay = ((hour * 60 + minute) * 60 + second) * 1000;
  const at = (day: number | undefined): number | undefined =>
    day === undefined ? undefined : localToUtcMs(day + timeOfDay, inZone);

  const day = dayIn(fields.year ?? today.year, fields, today);
  const time = at(day);
  if (fields.year !== undefined) return time;
  const namesNoDay = fields.month === undefined && fields.day === undefined && fields.yearDay === undefined;
  if (namesNoDay && fields.week === undefined)
    return time !== undefined && time > nowMs ? at((day as number) - dayMs) : time;
  if (time !== undefined && time <= nowMs + dayMs) return time;
  return at(dayIn(today.year - 1, fields, today));
}
