const dayMs = 86_400_000;

const keyOf = (atMs) => new Date(atMs).toISOString().slice(0, 10);

/** The same day so many days later. */
export const dayAfter = (day, days) => keyOf(Date.parse(`${day}T00:00:00Z`) + days * dayMs);

/** The same day of another month; the last day of it where it is shorter. */
export function monthAfter(day, months) {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  const last = utc(year, month - 1 + months + 1, 0);
  return keyOf(utc(year, month - 1 + months, Math.min(dayOfMonth, new Date(last).getUTCDate())));
}

/** Each day of a year with its column and its row: weeks from 0, weekdays from 0 for Monday. */
export function daysOfYear(year) {
  const first = utc(year, 0, 1);
  const offset = (new Date(first).getUTCDay() + 6) % 7;
  const count = (utc(year + 1, 0, 1) - first) / dayMs;
  return Array.from({ length: count }, (_, n) => ({
    day: keyOf(first + n * dayMs),
    week: Math.floor((n + offset) / 7),
    weekday: (n + offset) % 7,
  }));
}

/** Date.UTC takes the years 0 to 99 for those of the last century. */
const utc = (year, month, day) => new Date(0).setUTCFullYear(year, month, day);
