import { MailSourceError } from './mail-source-error.ts';

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Refuses an option's value: what was expected, of which option, what was given. */
export function badOption(option: string, expected: string, value: unknown): MailSourceError {
  return new MailSourceError('ERR_MAIL_SOURCE_OPTION', `${option} must be ${expected}, not ${show(value)}`, { value });
}

/** The option's value, or its default; throws unless it is an integer within the bounds. */
export function integerOption(option: string, value: unknown, initial: number, min: number, max: number): number {
  if (value === undefined) return initial;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw badOption(option, `an integer from ${min} to ${max}`, value);
}

/** An instant, or where there is none the bound that means no end. */
export function instantOption(option: string, value: unknown, initial: number): number {
  if (value === undefined) return initial;
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw badOption(option, 'a number of milliseconds since the epoch', value);
}

/** The option's value, or false; throws unless it is a boolean. */
export function flagOption(option: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw badOption(option, 'true or false', value);
}

/** A list of which each item is as expected; undefined as it is. */
export function listOption<T>(
  option: string,
  value: unknown,
  expected: string,
  fits: (item: unknown) => item is T,
): readonly T[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw badOption(option, `a list of ${expected}`, value);
  const wrong: unknown = value.find((item) => !fits(item));
  if (!value.every(fits)) throw badOption(option, `a list of ${expected}`, wrong);
  return value;
}

/** Throws unless the value is undefined or has these methods. */
export function objectOption(option: string, value: object | undefined, methods: readonly string[]): void {
  if (value === undefined) return;
  const isObject = value !== null && typeof value === 'object';
  if (isObject && methods.every((method) => typeof Reflect.get(value, method) === 'function')) return;
  throw badOption(option, `an object with ${methods.map((method) => `${method}()`).join(', ')}`, value);
}

/** Throws unless the value is undefined or an AbortSignal. */
export function signalOption(value: unknown): void {
  if (value !== undefined && !(value instanceof AbortSignal)) throw badOption('signal', 'an AbortSignal', value);
}
