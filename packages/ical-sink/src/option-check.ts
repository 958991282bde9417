import { IcalSinkError } from './ical-sink-error.ts';

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Refuses an option's value: what was expected, of which option, what was given. */
export function badOption(option: string, expected: string, value: unknown): IcalSinkError {
  return new IcalSinkError('ERR_ICAL_SINK_OPTION', `${option} must be ${expected}, not ${show(value)}`, { value });
}

/** The option's value, or its default; throws unless it is an integer within the bounds, or `Infinity` where that is one. */
export function integerOption<D extends number | undefined>(
  option: string,
  value: unknown,
  initial: D,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number | D {
  if (value === undefined) return initial;
  const isInteger = Number.isInteger(value) || (max === Number.POSITIVE_INFINITY && value === max);
  if (isInteger && (value as number) >= min && (value as number) <= max) return value as number;
  const upTo = max === Number.MAX_SAFE_INTEGER || max === Number.POSITIVE_INFINITY ? '' : ` and at most ${max}`;
  throw badOption(option, `an integer of at least ${min}${upTo}`, value);
}

/** The option's value; throws unless it is absent or one of the words. */
export function wordOption<T extends string>(option: string, value: unknown, words: readonly T[]): T | undefined {
  if (value === undefined || words.includes(value as T)) return value as T | undefined;
  throw badOption(option, words.map((word) => `'${word}'`).join(' or '), value);
}

/** The option's value; throws unless it is absent or a text that is not empty. */
export function textOption(option: string, value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'string' && value.trim() !== '')) return value;
  throw badOption(option, 'a text that is not empty', value);
}
