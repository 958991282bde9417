import { LogSourceError } from './log-source-error.ts';

const show = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** Refuses an option's value: what was expected, of which option, what was given. */
export function badOption(option: string, expected: string, value: unknown): LogSourceError {
  return new LogSourceError('ERR_LOG_SOURCE_OPTION', `${option} must be ${expected}, not ${show(value)}`, { value });
}

/** The option's value, or its default; throws unless it is an integer within the bounds. */
export function integerOption(option: string, value: unknown, initial: number, min: number, max: number): number {
  if (value === undefined) return initial;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return value as number;
  throw badOption(option, `an integer from ${min} to ${max}`, value);
}

/** The option's value, or its default; throws unless it is one of the words. */
export function wordOption<T extends string>(option: string, value: unknown, words: readonly [T, ...T[]]): T {
  if (value === undefined) return words[0];
  if (words.includes(value as T)) return value as T;
  throw badOption(option, words.map((word) => `'${word}'`).join(' or '), value);
}

/** One or more non-empty strings without NUL; throws for anything else. */
export function textsOption(option: string, value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '' && !text.includes('\0');
  const wrong = texts.find((text) => !isText(text));
  if (texts.length === 0 || wrong !== undefined) throw badOption(option, 'one or more paths', wrong ?? value);
  return texts as readonly string[];
}
