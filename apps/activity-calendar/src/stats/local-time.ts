import type { Activity } from '@sluice/pipeline';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Days since 1970-01-01 of 0000-01-01 and 9999-12-31, between which a day has a key of ten characters. */
const firstDay = -719_528;
const lastDay = 2_932_896;

/** A day, an hour and a weekday, as the clock on somebody's wall has them. */
export interface LocalTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
}

/** The zone that an activity was done in, minutes east of UTC; 0 where it is not known or no zone of this earth. */
export const zoneOf = ({ tzMinutes }: Pick<Activity, 'tzMinutes'>): number =>
  tzMinutes !== undefined && Number.isInteger(tzMinutes) && Math.abs(tzMinutes) <= 1440 ? tzMinutes : 0;

/**
 * The wall clock's reading at an instant. A fixed offset is added, so summer time is in it as the author's clock had it,
 * and no table of zones is asked. Undefined outside the years 0 to 9999.
 */
export function localTime(atMs: number, tzMinutes: number): LocalTime | undefined {
  const localMs = atMs + tzMinutes * minuteMs;
  const day = Math.floor(localMs / dayMs);
  if (!(day >= firstDay && day <= lastDay)) return undefined;
  return { day, hour: Math.floor((localMs - day * dayMs) / hourMs) };
}

/** 0 for Monday to 6 for Sunday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** `2024-02-29`. */
export const dayKey = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Days since 1970-01-01 of `2024-02-29`; undefined when there is no such day. */
export function parseDay(key: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(key)) return undefined;
  const atMs = Date.parse(`${key}T00:00:00Z`);
  // V8 takes 2023-02-30 for 2 March.
  return Number.isNaN(atMs) || dayKey(atMs / dayMs) !== key ? undefined : atMs / dayMs;
}

/** The first of January of a year from 0 to 9999. */
export const firstDayOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1) / dayMs;

/** The year, and the month from 0 to 11. */
export function monthOf(day: number): { readonly year: number; readonly month: number; readonly dayOfMonth: number } {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), dayOfMonth: date.getUTCDate() };
}
