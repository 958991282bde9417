import type { Place } from '../place.ts';

/** From column `at` of a line on, the text was written at `place`. */
export interface Origin {
  readonly at: number;
  readonly place: Place;
}

/** One line of a value. */
export interface Line {
  readonly text: string;
  readonly place: Place;
  /** Only when parts of the line come from elsewhere; ascending, the first at 0. */
  readonly origins?: readonly Origin[];
}

/** The value of an option: its lines, at least one, each with its place. */
export type Value = readonly Line[];

/** The value as one string, as fail2ban sees it. */
export const textOf = (value: Value): string =>
  value.length === 1 ? (value[0] as Line).text : value.map((line) => line.text).join('\n');

/** How much work a value is: its characters and its lines. */
export function sizeOf(value: Value): number {
  let size = value.length;
  for (const line of value) size += line.text.length;
  return size;
}

/** Where a value begins. */
export const placeOf = (value: Value): Place => (value[0] as Line).place;

/** A value all of whose lines stand at one place. */
export const valueAt = (text: string, place: Place): Value => text.split('\n').map((line) => ({ text: line, place }));

const placeInLine = (line: Line, column: number): Place =>
  line.origins?.findLast((origin) => origin.at <= column)?.place ?? line.place;

/** Where the character at `offset` of {@link textOf} was written. */
export function placeAt(value: Value, offset: number): Place {
  let column = offset;
  for (const line of value) {
    if (column <= line.text.length) return placeInLine(line, column);
    column -= line.text.length + 1;
  }
  return (value[value.length - 1] as Line).place;
}

/** The part [start, end) of {@link textOf} as a value of its own. */
export function sliceValue(value: Value, start: number, end: number): Value {
  const lines: Line[] = [];
  let at = 0;
  for (const line of value) {
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, line.text.length);
    if (from <= to) lines.push({ text: line.text.slice(from, to), place: placeInLine(line, from) });
    at += line.text.length + 1;
    if (at > end) break;
  }
  return lines;
}
