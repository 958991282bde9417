const dayMs = 86_400_000;
const maxDays = 36_500;

/** Part of a calendar: what lies wholly or partly in [fromMs, toMs). */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
  /** True when it moves with the clock: what is in it changes without the events changing. */
  readonly moves: boolean;
}

/** What is wrong with a query, in one line for people. */
export class BadQuery extends Error {}

/**
 * The range that a query asks for; undefined when it asks for all.
 *
 * - `from` and `to`: a day, `2024-02-29`, in UTC, `to` including that day; or an instant, `2024-02-29T12:00Z` or with an
 *   offset, which `to` excludes.
 * - `days`: so many days back from now, and all that is still to come. Not together with the others.
 * - Whatever else there is, is left to others: clients and servers in between add parameters of their own.
 *
 * @throws BadQuery
 */
export function timeRange(query: URLSearchParams, nowMs: number): TimeRange | undefined {
  const [from, to, days] = ['from', 'to', 'days'].map((name) => single(query, name));
  if (days !== undefined) {
    if (from !== undefined || to !== undefined) throw new BadQuery('days cannot stand together with from or to');
    if (!/^[0-9]{1,5}$/.test(days) || Number(days) < 1 || Number(days) > maxDays)
      throw new BadQuery(`days must be a whole number from 1 to ${maxDays}, not ${shown(days)}`);
    return { fromMs: nowMs - Number(days) * dayMs, toMs: Number.POSITIVE_INFINITY, moves: true };
  }
  if (from === undefined && to === undefined) return undefined;
  const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : timeOf('from', from, 0);
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : timeOf('to', to, dayMs);
  if (fromMs >= toMs) throw new BadQuery('from must be before to');
  return { fromMs, toMs, moves: false };
}

function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  if (values.length > 1) throw new BadQuery(`${name} stands there more than once`);
  return values[0];
}

/** A day, of which it is the beginning plus `wholeDayMs`, or an instant. */
function timeOf(name: string, given: string, wholeDayMs: number): number {
  // A + of a query is a blank, and people forget to write %2B.
  const text = given.replace(' ', '+');
  const parts = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text);
  const midnightMs = Date.parse(`${parts?.[1]}T00:00:00Z`);
  // 30 February is a day in March for the parser.
  const isDay = !Number.isNaN(midnightMs) && new Date(midnightMs).toISOString().startsWith(parts?.[1] ?? '');
  const timeMs = !isDay ? Number.NaN : parts?.[2] === undefined ? midnightMs + wholeDayMs : Date.parse(text);
  if (Number.isNaN(timeMs))
    throw new BadQuery(
      `${name} must be a day like 2024-02-29 or an instant like 2024-02-29T12:00Z, not ${shown(given)}`,
    );
  return timeMs;
}

const shown = (value: string): string => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
