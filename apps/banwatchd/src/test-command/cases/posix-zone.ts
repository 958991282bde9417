import type { TimeZone } from '@sluice/fail2ban-filter';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const name = String.raw`(?:[A-Za-z]{3,}|<[\w+-]{3,}>)`;
const offset = String.raw`([+-]?\d{1,3}(?::\d{1,2}){0,2})`;
const zoneText = new RegExp(
  `^${name}${offset}(?:${name}${offset}?(?:,([^,/]+)(?:/${offset})?,([^,/]+)(?:/${offset})?)?)?$`,
);

/** The rule where a zone has summer time and no rule: that of the United States. */
const usual = ['M3.2.0', 'M11.1.0'] as const;

function readTime(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number);
  return sign * (hours * hourMs + minutes * 60_000 + seconds * 1000);
}

/** Finds the midnight of a rule's day in a year, as if it were UTC. */
type DayRule = (year: number) => number;

function monthRule(month: number, week: number, weekday: number): DayRule {
  return (year) => {
    const first = Date.UTC(year, month - 1, 1);
    const days = (weekday - new Date(first).getUTCDay() + 7) % 7;
    const day = 1 + days + 7 * (week - 1);
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return Date.UTC(year, month - 1, day > last ? day - 7 : day);
  };
}

function readRule(text: string): DayRule | undefined {
  const [, month, week, weekday] = /^M(1[0-2]|[1-9])\.([1-5])\.([0-6])$/.exec(text) ?? [];
  if (month !== undefined) return monthRule(Number(month), Number(week), Number(weekday));
  const [, julian, day] = /^(J?)(\d{1,3})$/.exec(text) ?? [];
  if (day === undefined || Number(day) > 365) return undefined;
  if (julian === '') return (year) => Date.UTC(year, 0, 1) + Number(day) * dayMs;
  // Days of the year without 29 February.
  const inCommonYear = new Date(Date.UTC(2001, 0, Number(day)));
  return (year) => Date.UTC(year, inCommonYear.getUTCMonth(), inCommonYear.getUTCDate());
}

/**
 * Reads a zone as POSIX's `TZ` writes it: `CET-1CEST,M3.5.0,M10.5.0/3`. Offsets count westwards.
 *
 * @returns undefined for another text
 * @see POSIX.1-2017, Base Definitions, 8.3
 */
export function posixZone(text: string): TimeZone | undefined {
  const parts = zoneText.exec(text);
  if (parts === null) return undefined;
  const [, standard = '0', summer, start = usual[0], startTime = '2', end = usual[1], endTime = '2'] = parts;
  const standardMs = -readTime(standard);
  const hasSummer = new RegExp(`^${name}${offset}${name}`).test(text);
  if (!hasSummer) return { offsetMsAt: () => standardMs };
  const summerMs = summer === undefined ? standardMs + hourMs : -readTime(summer);
  const [startRule, endRule] = [readRule(start), readRule(end)];
  if (startRule === undefined || endRule === undefined) return undefined;
  return {
    offsetMsAt(utcMs) {
      const year = new Date(utcMs + standardMs).getUTCFullYear();
      const from = startRule(year) + readTime(startTime) - standardMs;
      const until = endRule(year) + readTime(endTime) - summerMs;
      const isSummer = from < until ? utcMs >= from && utcMs < until : utcMs >= from || utcMs < until;
      return isSummer ? summerMs : standardMs;
    },
  };
}
