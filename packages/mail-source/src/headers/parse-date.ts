import { zoneMinutes } from './zones.ts';

/** A date of a header. */
export interface HeaderDate {
  readonly timeMs: number;
  /** Minutes east of UTC; absent where the header does not tell, and UTC is taken. */
  readonly tzMinutes?: number;
}

/** No date is longer, once comments are gone; what follows is not looked at. */
const maxDateChars = 128;
const maxRawChars = 1024;
const endMs = Date.UTC(10_000, 0);
const zero = 48;
const space = 32;
const weekdayName = /^[A-Z][a-z]{2}, /;
/** What many programs add: the zone's name. */
const zoneComment = /^ \([A-Za-z]+\)$/;
const months = 'janfebmaraprmayjunjulaugsepoctnovdec';

const time = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,9})?)?(?: ?([ap]m)\b)?`;
const zone = String.raw`(?: ?((?:gmt|utc?)?[+-]\d{2}:?\d{2}|[a-z]{1,5}))?`;
const weekday = String.raw`(?:[a-z]{2,9}\.?,? ?)?`;
const end = '(?![a-z0-9:])';

/** Groups: day, month, year, hour, minute, second, am or pm, zone. */
const forms: readonly (readonly [form: RegExp, order: readonly number[]])[] = [
  // RFC 5322 (3.3, 4.3) and with hyphens RFC 3501: Thu, 02 Jan 2020 03:04:05 +0100
  [
    new RegExp(`^${weekday}(\\d{1,2})[ -]([a-z]{3})[a-z]{0,6}\\.?,?[ -](\\d{2,4}),? ${time}${zone}${end}`),
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  // ctime, and date(1) with its zone: Thu Jan  2 03:04:05 CET 2020
  [
    new RegExp(`^${weekday}([a-z]{3})[a-z]{0,6}\\.? (\\d{1,2}),? ${time}${zone} (\\d{4})(?: ([+-]\\d{4}))?${end}`),
    [2, 1, 8, 3, 4, 5, 6, 7, 9],
  ],
  // US: Jan 2, 2020 3:04:05 PM -0500, and JavaScript's: Thu Jan 02 2020 03:04:05 GMT+0100
  [
    new RegExp(`^${weekday}([a-z]{3})[a-z]{0,6}\\.? (\\d{1,2}),? (\\d{4}),? (?:at )?${time}${zone}${end}`),
    [2, 1, 3, 4, 5, 6, 7, 8],
  ],
  // ISO 8601: 2020-01-02T03:04:05+01:00. The empty group stands for the part of the day.
  [new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})[t ]${time}${zone}${end}`), [3, 2, 1, 4, 5, 6, 7, 8]],
];

/** The text without comments (RFC 5322, 3.2.2), which may hold others. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let kept = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\' && depth > 0) at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += char;
    if (depth === 1 && char === '(') kept += ' ';
  }
  return kept;
}

/** RFC 5322, 4.3: two digits up to 49 are of this century, others, and three digits, count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return digits.length === 2 && year < 50 ? year + 2000 : year + 1900;
}

/** The hour of the day; -1 for one that a clock of twelve hours does not have. */
function hourOf(digits: string, half: string | undefined): number {
  const hour = Number(digits);
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function monthNamed(name: string): number {
  const at = months.indexOf(name);
  return at % 3 === 0 ? at / 3 : -1;
}

const monthIndex = (text: string): number => (/^\d/.test(text) ? Number(text) - 1 : monthNamed(text));

/** Milliseconds since the epoch for a time that exists; undefined for 32 January, 25 o'clock, and before 1970. */
function instant(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (year < 1970 || month < 0 || month > 11 || hour < 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  const timeMs = Date.UTC(year, month, day, hour, minute, second);
  if (day < 1 || day > 31) return undefined;
  return day < 29 || new Date(Date.UTC(year, month, day)).getUTCDate() === day ? timeMs : undefined;
}

function dateAt(localMs: number | undefined, tzMinutes: number | undefined): HeaderDate | undefined {
  if (localMs === undefined) return undefined;
  const timeMs = localMs - (tzMinutes ?? 0) * 60_000;
  if (timeMs <= 0 || timeMs >= endMs) return undefined;
  return tzMinutes === undefined ? { timeMs } : { timeMs, tzMinutes };
}

/** The date that a match of a form tells; undefined when there is no such date. */
function fromMatch(match: RegExpExecArray, order: readonly number[]): HeaderDate | undefined {
  const [day, month = '', year = '', hour = '', minute, second = '0', half, zoneText, lateZone] = order.map(
    (group) => match[group],
  );
  const hours = hourOf(hour, half);
  const localMs = instant(fullYear(year), monthIndex(month), Number(day), hours, Number(minute), Number(second));
  return dateAt(localMs, zoneMinutes(lateZone ?? zoneText));
}

/** The number that some digits make; NaN when they are none. */
function numberAt(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** `Thu, 02 Jan 2020 03:04:05 +0100`, which nearly all mails have, in a fraction of the time that the forms take. */
function usualDate(text: string): HeaderDate | undefined {
  const dayAt = weekdayName.test(text) ? 5 : 0;
  const dayEnd = dayAt + (text.charCodeAt(dayAt + 1) === space ? 1 : 2);
  const timeAt = dayEnd + 10;
  const zoneAt = timeAt + 9;
  const isSpaced =
    text[dayEnd] === ' ' && text[dayEnd + 4] === ' ' && text[timeAt - 1] === ' ' && text[zoneAt - 1] === ' ';
  if (!isSpaced || text[timeAt + 2] !== ':' || text[timeAt + 5] !== ':') return undefined;
  const sign = text[zoneAt];
  const hasEnd = text.length === zoneAt + 5 || zoneComment.test(text.slice(zoneAt + 5));
  if ((sign !== '+' && sign !== '-') || !hasEnd || Number.isNaN(numberAt(text, zoneAt + 1, zoneAt + 5)))
    return undefined;
  const localMs = instant(
    numberAt(text, dayEnd + 5, dayEnd + 9),
    monthNamed(text.slice(dayEnd + 1, dayEnd + 4).toLowerCase()),
    numberAt(text, dayAt, dayEnd),
    numberAt(text, timeAt, timeAt + 2),
    numberAt(text, timeAt + 3, timeAt + 5),
    numberAt(text, timeAt + 6, timeAt + 8),
  );
  return Number.isNaN(localMs) ? undefined : dateAt(localMs, zoneMinutes(text.slice(zoneAt, zoneAt + 5)));
}

/**
 * Reads the date of a mail's header: RFC 5322 with its obsolete forms (two-digit years, zone names, comments), without
 * weekday or seconds, and what else is met in mails: ctime, US style, ISO 8601. English month names only.
 *
 * Undefined when it is none, or not after the beginning of 1970 and before the year 10000. A leap second is the second
 * after it. The weekday is not looked at. Takes bounded time.
 */
export function parseDate(text: string): HeaderDate | undefined {
  const usual = usualDate(text);
  if (usual !== undefined) return usual;
  const plain = withoutComments(text.slice(0, maxRawChars))
    .slice(0, maxDateChars)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  for (const [form, order] of forms) {
    const match = form.exec(plain);
    if (match !== null) return fromMatch(match, order);
  }
  return undefined;
}
