/** What {@link ActivityStats} counted, as JSON has it. Days and hours are those of the author's clock. */
export interface ActivityStatsData {
  /** Activities that were counted: the sum of `days` and `otherDays`, and of `hourByWeekday`. */
  readonly total: number;
  /** Activities without a place in the years 0 to 9999, which are in none of the other numbers. */
  readonly undated: number;
  /** When the earliest of them began, milliseconds since the epoch; null when there is none. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** By `YYYY-MM-DD`, in the order of time; days without activities are left out. */
  readonly days: Readonly<Record<string, number>>;
  /** Activities on days beyond the limit of `maxDays`. */
  readonly otherDays: number;
  /** Seven rows of 24 numbers, Monday first. */
  readonly hourByWeekday: readonly (readonly number[])[];
  /** By name, or address where there is no name, most first. */
  readonly byAuthor: Readonly<Record<string, number>>;
  /** Activities of authors beyond the limit of `maxNames`. */
  readonly otherAuthors: number;
  /** Most first. An activity counts in each of its categories. */
  readonly byCategory: Readonly<Record<string, number>>;
  readonly otherCategories: number;
}
