/** A case as its file has it. */
export interface CaseRow {
  readonly id: string;
  readonly filter: string;
  /** The filter's arguments, each as text. */
  readonly options: ReadonlyMap<string, string>;
  /** Read by a filter that has read nothing before; the last one is judged. */
  readonly lines: readonly string[];
  readonly match: boolean;
  /** Not checked when undefined. */
  readonly host: string | undefined;
  /** Not checked when undefined. */
  readonly time: string | number | undefined;
  /** True for lines of a journal, which carry no date: they were written now. */
  readonly journal: boolean;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readOptions(value: unknown): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return new Map();
  if (!isObject(value)) throw new TypeError('options must be an object of texts');
  return new Map(
    Object.entries(value).map(([name, option]) => {
      if (option !== null && typeof option === 'object') throw new TypeError(`option ${name} must be a text`);
      return [name, String(option ?? '')];
    }),
  );
}

function readLines(value: unknown): readonly string[] {
  const lines = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(lines) || lines.length === 0 || !lines.every((line) => typeof line === 'string'))
    throw new TypeError('lines must be a list of one or more texts');
  return lines;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TypeError(`this is no JSON: ${(error as Error).message}`);
  }
}

/** Reads a line of a file of cases. Throws a TypeError that says what is wrong with it. */
export function readCase(text: string): CaseRow {
  const row = parsed(text);
  if (!isObject(row)) throw new TypeError('a case must be an object');
  const { id, filter, match, host, time, journal } = row as Readonly<Record<keyof CaseRow, unknown>>;
  if (typeof id !== 'string' && typeof id !== 'number') throw new TypeError('id must be a text');
  if (typeof filter !== 'string' || filter === '') throw new TypeError('filter must be the name of a filter');
  if (typeof match !== 'boolean') throw new TypeError('match must be true or false');
  if (host !== undefined && host !== null && typeof host !== 'string') throw new TypeError('host must be a text');
  if (time !== undefined && time !== null && typeof time !== 'string' && typeof time !== 'number')
    throw new TypeError('time must be a number of seconds or a text');
  return {
    id: String(id),
    filter,
    options: readOptions(row['options']),
    lines: readLines(row['lines']),
    match,
    host: host ?? undefined,
    time: time ?? undefined,
    journal: journal === true,
  };
}
