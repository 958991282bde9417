/** A line as fail2ban keeps it: what stands before its date, the date's text, and what stands behind it. */
export type CutLine = readonly [before: string, date: string, after: string];

/** Several texts under one name (`<F-TUPLE_…>`). */
export class TextTuple {
  readonly texts: readonly (string | null)[];

  constructor(texts: readonly (string | null)[]) {
    this.texts = texts;
  }
}

/** `null` where a group took no part. */
export type FailValue = string | number | null | TextTuple | ReadonlySet<string> | readonly CutLine[];

/** What is known of a failure, by name and in the order in which fail2ban prints it. */
export type FailData = Map<string, FailValue>;

/** A name's text; undefined where it has none. */
export function textIn(data: ReadonlyMap<string, FailValue>, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** Whether Python takes a value for true. */
export const holds = (value: FailValue | undefined): boolean =>
  value instanceof TextTuple ? value.texts.length > 0 : Boolean(value);

/** The lines kept under a name. */
export function linesIn(data: ReadonlyMap<string, FailValue>, name: string): readonly CutLine[] {
  const value = data.get(name);
  return Array.isArray(value) ? value : [];
}

/** Takes a value out. */
export function take(data: FailData, name: string): FailValue | undefined {
  const value = data.get(name);
  data.delete(name);
  return value;
}
