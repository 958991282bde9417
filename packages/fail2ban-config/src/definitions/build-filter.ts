import type { Place, Setting } from '../place.ts';
import { readInteger, readUseDns } from '../syntax/read-value.ts';
import { placeOf, textOf, type Value } from '../values/value.ts';
import type { FilterConfig } from './filter-config.ts';

/** Options that a filter has and a jail may override, in the order in which fail2ban knows them. */
export const FILTER_OPTIONS = [
  'usedns',
  'prefregex',
  'ignoreregex',
  'failregex',
  'maxlines',
  'datepattern',
  'journalmatch',
] as const;

export type FilterOption = (typeof FILTER_OPTIONS)[number];

const lines = (value: Value | undefined): Value => value?.filter((line) => line.text !== '') ?? [];

/** The lines of `journalmatch` that say something. */
export const journalLines = (value: Value | undefined): string[] => lines(value).map((line) => line.text);

const settings = (value: Value | undefined): readonly Setting<string>[] =>
  Object.freeze(lines(value).map(({ text, place }) => Object.freeze({ value: text, place })));

function whole(value: Value | undefined): Setting<string> | undefined {
  if (value === undefined || textOf(value) === '') return undefined;
  return Object.freeze({ value: textOf(value), place: placeOf(lines(value).length > 0 ? lines(value) : value) });
}

/** Makes the plain object from the resolved options. */
export function buildFilter(
  name: string,
  place: Place,
  option: (name: FilterOption) => Value | undefined,
): FilterConfig {
  const prefRegex = whole(option('prefregex'));
  const datePattern = whole(option('datepattern'));
  const maxLines = option('maxlines');
  const useDns = option('usedns');
  return Object.freeze({
    name,
    failRegex: settings(option('failregex')),
    ignoreRegex: settings(option('ignoreregex')),
    ...(prefRegex && { prefRegex }),
    ...(datePattern && { datePattern }),
    ...(maxLines && { maxLines: readInteger('maxlines', maxLines, 1) }),
    journalMatch: Object.freeze(journalLines(option('journalmatch'))),
    ...(useDns && { useDns: readUseDns(useDns) }),
    place,
  });
}
