const languages = navigator.languages;
const utc = { timeZone: 'UTC' };
const longDay = new Intl.DateTimeFormat(languages, { dateStyle: 'long', ...utc });
const fullDay = new Intl.DateTimeFormat(languages, { dateStyle: 'full', ...utc });
const clock = new Intl.DateTimeFormat(languages, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...utc });
const shortMonth = new Intl.DateTimeFormat(languages, { month: 'short', ...utc });
const shortWeekday = new Intl.DateTimeFormat(languages, { weekday: 'short', ...utc });
const longWeekday = new Intl.DateTimeFormat(languages, { weekday: 'long', ...utc });
const numbers = new Intl.NumberFormat(languages);

const minuteMs = 60_000;

export const number = (value) => numbers.format(value);

/** `3 activities`, `1 activity`, `No activities`. */
export function activities(count) {
  if (count === 0) return 'No activities';
  return `${number(count)} ${count === 1 ? 'activity' : 'activities'}`;
}

export const days = (count) => `${number(count)} ${count === 1 ? 'day' : 'days'}`;

/** Of a day such as `2024-03-12`: `12 March 2024`. */
export const dayName = (day) => longDay.format(new Date(`${day}T00:00:00Z`));

/** `Tuesday, 12 March 2024`. */
export const fullDayName = (day) => fullDay.format(new Date(`${day}T00:00:00Z`));

/** Of 0 to 11. */
export const monthName = (month) => shortMonth.format(new Date(Date.UTC(2024, month, 1)));

/** Of 0 for Monday to 6 for Sunday; 1 January 2024 was a Monday. */
export const weekdayName = (weekday) => shortWeekday.format(new Date(Date.UTC(2024, 0, 1 + weekday)));
export const longWeekdayName = (weekday) => longWeekday.format(new Date(Date.UTC(2024, 0, 1 + weekday)));

/** `14:05` by a clock that is so many minutes east of UTC. */
export const timeOfDay = (atMs, tzMinutes) => clock.format(new Date(atMs + (tzMinutes ?? 0) * minuteMs));

/** `2024-03-12` by that clock. */
export const dayOf = (atMs, tzMinutes) => new Date(atMs + (tzMinutes ?? 0) * minuteMs).toISOString().slice(0, 10);

/** `UTC+02:00`. */
export function zoneName(tzMinutes) {
  const minutes = Math.abs(tzMinutes);
  const two = (value) => String(value).padStart(2, '0');
  return `UTC${tzMinutes < 0 ? '−' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
