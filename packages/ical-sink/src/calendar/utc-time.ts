const dayMs = 86_400_000;
const firstMs = Date.parse('0000-01-01T00:00:00Z');
const pastLastMs = Date.parse('+010000-01-01T00:00:00Z');
const pad = (value: number, width: number): string => String(value).padStart(width, '0');
const twoDigits: readonly string[] = Array.from({ length: 60 }, (_, value) => pad(value, 2));

// Events of one day come together.
let cachedDay = Number.NaN;
let cachedDate = '';

/**
 * An instant as iCalendar's UTC DATE-TIME (RFC 5545, 3.3.5), `20240229T235959Z`; fractions of a second are cut off.
 *
 * @returns undefined for what is not a time within the years 0000 to 9999, all that the format can write
 */
export function utcTime(timeMs: number): string | undefined {
  if (!(timeMs >= firstMs && timeMs < pastLastMs)) return undefined;
  const day = Math.floor(timeMs / dayMs);
  if (day !== cachedDay) {
    const date = new Date(day * dayMs);
    cachedDate = `${pad(date.getUTCFullYear(), 4)}${pad(date.getUTCMonth() + 1, 2)}${pad(date.getUTCDate(), 2)}T`;
    cachedDay = day;
  }
  const seconds = Math.floor((timeMs - day * dayMs) / 1000);
  const minutes = (seconds / 60) | 0;
  return `${cachedDate}${twoDigits[(minutes / 60) | 0]}${twoDigits[minutes % 60]}${twoDigits[seconds % 60]}Z`;
}
