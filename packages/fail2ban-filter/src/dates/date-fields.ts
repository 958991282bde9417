import { dayAbbreviations, dayNames, monthAbbreviations, monthNames } from './date-names.ts';

/** What a date text says, by the letters of its tokens; undefined is what it leaves out. */
export interface DateFields {
  readonly year?: number | undefined;
  /** 1 to 12. */
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  /** From Monday, 0 to 6. */
  readonly weekday?: number | undefined;
  /** Day of the year, from 1. */
  readonly yearDay?: number | undefined;
  readonly week?: { readonly number: number; readonly begins: 'sunday' | 'monday' } | undefined;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone?: string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

function indexOf(names: readonly string[], text: string | undefined): number | undefined {
  return text === undefined ? undefined : names.indexOf(text.toLowerCase());
}

/** Two digits are a year of this century. */
function yearOf({ Y, y }: Groups): number | undefined {
  if (Y !== undefined) return Number(Y);
  return y === undefined ? undefined : 2000 + Number(y);
}

function monthOf({ m, b, B }: Groups): number | undefined {
  const index = indexOf(monthAbbreviations, b) ?? indexOf(monthNames, B);
  return index === undefined ? number(m) : index + 1;
}

/** `%w` counts from Sunday. */
function weekdayOf({ a, A, w }: Groups): number | undefined {
  return indexOf(dayAbbreviations, a) ?? indexOf(dayNames, A) ?? (w === undefined ? undefined : (Number(w) + 6) % 7);
}

/** Without `%p` twelve o'clock is midnight. */
function hourOf({ H, I, p }: Groups): number {
  if (I === undefined) return number(H) ?? 0;
  return (Number(I) % 12) + (p?.toLowerCase() === 'pm' ? 12 : 0);
}

/** Reads the groups of a date regex. */
export function readFields(groups: Groups): DateFields {
  const { U, W, d, j, M, S, z, Z } = groups;
  const sundays = number(U);
  const mondays = number(W);
  return {
    year: yearOf(groups),
    month: monthOf(groups),
    day: number(d),
    weekday: weekdayOf(groups),
    yearDay: number(j),
    week:
      sundays !== undefined
        ? { number: sundays, begins: 'sunday' }
        : mondays !== undefined
          ? { number: mondays, begins: 'monday' }
          : undefined,
    hour: hourOf(groups),
    minute: number(M) ?? 0,
    second: number(S) ?? 0,
    zone: z ?? Z,
  };
}
