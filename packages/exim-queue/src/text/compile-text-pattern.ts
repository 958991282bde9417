import { glob } from '@sluice/pipeline';
import { option as check } from '../option-check.ts';
import type { TextPattern } from '../queue-filter.ts';

type Matches = (text: string) => boolean;

const expected = "a glob such as '*@example.org', { regex: '…' }, or a list of these";

/**
 * What tests a text against a pattern: whole against globs, anywhere in it against regular expressions, whatever the case
 * of letters; of several patterns any will do. It takes time in proportion to the text's length and never throws.
 * `@sluice/log-matcher` is loaded only where there is a regular expression.
 *
 * @param option name of the option, for messages: `where.sender`
 * @throws {EximQueueError} `OPTION`: not a pattern, a fault in a regular expression, or one that cannot be run in linear time
 */
export async function compileTextPattern(pattern: TextPattern, option: string): Promise<Matches> {
  const items: readonly unknown[] = Array.isArray(pattern) ? pattern : [pattern];
  const nameOf = (index: number): string => (Array.isArray(pattern) ? `${option}[${index}]` : option);
  if (items.length === 0) throw check.bad(option, expected, pattern);
  const tests: Matches[] = [];
  for (const [index, item] of items.entries()) tests.push(await compileOne(item, nameOf(index)));
  const [first] = tests;
  return tests.length === 1 && first !== undefined ? first : (text) => tests.some((test) => test(text));
}

async function compileOne(item: unknown, option: string): Promise<Matches> {
  if (typeof item === 'string') return glob(item);
  if (item === null || typeof item !== 'object') throw check.bad(option, expected, item);
  const { regex, ...others } = item as { readonly regex?: unknown };
  if (typeof regex !== 'string' || Object.keys(others).length > 0)
    throw check.bad(option, expected, JSON.stringify(item));
  const { compileRegex } = await import('./compile-regex.ts');
  return compileRegex(regex, `${option}.regex`);
}
