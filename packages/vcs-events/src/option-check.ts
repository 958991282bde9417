import { VcsEventsError } from './vcs-events-error.ts';

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Refuses an option's value: what was expected, of which option, what was given. */
export function badOption(option: string, expected: string, value: unknown): VcsEventsError {
  return new VcsEventsError('ERR_VCS_EVENTS_OPTION', `${option} must be ${expected}, not ${show(value)}`, { value });
}

/** The option's value, or its default; throws unless it is an integer within the bounds. */
export function integerOption(option: string, value: unknown, initial: number, min: number, max: number): number {
  if (value === undefined) return initial;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw badOption(option, `an integer from ${min} to ${max}`, value);
}

/** The option's value, or its default, the first word; throws unless it is one of the words. */
export function wordOption<T extends string>(option: string, value: unknown, words: readonly [T, ...T[]]): T {
  if (value === undefined) return words[0];
  if (words.includes(value as T)) return value as T;
  throw badOption(option, words.map((word) => `'${word}'`).join(' or '), value);
}

/** The option's value, or undefined; throws unless it is a list of non-empty strings that a command line can hold. */
export function textsOption(option: string, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw badOption(option, 'a list of texts', value);
  for (const text of value as readonly unknown[]) textOption(option, text);
  return value as readonly string[];
}

/** The value; throws unless it is a non-empty string that a command line can hold. */
export function textOption(option: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw badOption(option, 'a non-empty text without NUL', value);
}
