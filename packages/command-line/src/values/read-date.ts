import { ValueFault } from './value-fault.ts';

const dayMs = 86_400_000;
const agoDays: Readonly<Record<string, number>> = { d: 1, w: 7 };

/** From {@link fromMs} until before {@link untilMs}, milliseconds since the epoch. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * What a date stands for: the whole year, month or day of `2024`, `2024-03`, `2024-03-12` in this machine's zone; the
 * instant of `2024-03-12T10:00[:00][Z|+01:00]`; that long ago for `90d`, `12w`, `6m`, `1y`.
 */
export function readDate(text: string, nowMs: number = Date.now()): Span {
  const span = ago(text, nowMs) ?? calendarSpan(text) ?? instant(text);
  if (span === undefined) {
    throw new ValueFault('a date like 2024, 2024-03-12, 2024-03-12T10:00 or, for so long ago, 90d, 12w, 6m, 1y', text);
  }
  return span;
}

function ago(text: string, nowMs: number): Span | undefined {
  const [, digits, unit] = /^(\d{1,5})([dwmy])$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const days = agoDays[unit];
  const date = new Date(nowMs);
  if (days !== undefined) date.setTime(nowMs - Number(digits) * days * dayMs);
  else date.setMonth(date.getMonth() - Number(digits) * (unit === 'y' ? 12 : 1));
  return Number.isNaN(date.getTime()) ? undefined : { fromMs: date.getTime(), untilMs: date.getTime() };
}

function calendarSpan(text: string): Span | undefined {
  const [, year, month, day] = /^([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const from = new Date(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const isReal = from.getMonth() === Number(month ?? 1) - 1 && from.getDate() === Number(day ?? 1);
  if (!isReal) return undefined;
  const until = new Date(from);
  if (day !== undefined) until.setDate(until.getDate() + 1);
  else if (month !== undefined) until.setMonth(until.getMonth() + 1);
  else until.setFullYear(until.getFullYear() + 1);
  return { fromMs: from.getTime(), untilMs: until.getTime() };
}

function instant(text: string): Span | undefined {
  const isInstant = /^[1-9]\d{3}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/.test(text);
  // What the parser rolls over (31 June) has another day than was written.
  const day = new Date(`${text.slice(0, 10)}T00:00Z`);
  const timeMs = isInstant ? Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : Number.NaN;
  const isReal = !Number.isNaN(timeMs) && day.toISOString().startsWith(text.slice(0, 10));
  return isReal ? { fromMs: timeMs, untilMs: timeMs } : undefined;
}
