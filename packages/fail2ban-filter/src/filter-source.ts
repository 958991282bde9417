import type { Place, Setting, UseDns } from '@sluice/fail2ban-config';
import { Fail2banFilterError } from './fail2ban-filter-error.ts';

/** A text, or one that knows where it was written. */
export type SourceText = string | Setting<string>;

/** A filter as written: with fail2ban's tags, after all other substitution. fail2ban-config's `FilterConfig` is one. */
export interface FilterSource {
  /** Default `filter`. */
  readonly name?: string;
  /** At least one that is not empty. */
  readonly failRegex: readonly SourceText[];
  readonly ignoreRegex?: readonly SourceText[] | undefined;
  readonly prefRegex?: SourceText | undefined;
  readonly datePattern?: SourceText | undefined;
  /** Lines that a regex may span. Default 1. */
  readonly maxLines?: number | undefined;
  readonly useDns?: UseDns | undefined;
  readonly place?: Place | undefined;
}

/** A text and the place it was written at, if that is known. */
export interface PlacedText {
  readonly text: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** A filter source with all forms of its fields made one. */
export interface FilterDefinition {
  readonly name: string;
  readonly failRegex: readonly PlacedText[];
  readonly ignoreRegex: readonly PlacedText[];
  readonly prefRegex: PlacedText | undefined;
  readonly datePattern: PlacedText | undefined;
  readonly maxLines: number;
}

const maxMaxLines = 1000;

function placed(text: SourceText): PlacedText {
  return typeof text === 'string'
    ? { text, file: undefined, line: undefined }
    : { text: text.value, file: text.place.file, line: text.place.line };
}

const written = (text: SourceText | undefined): PlacedText | undefined => {
  const result = text === undefined ? undefined : placed(text);
  return result?.text.trim() === '' ? undefined : result;
};

const all = (texts: readonly SourceText[] | undefined): readonly PlacedText[] =>
  (texts ?? []).map(written).filter((text) => text !== undefined);

/** Reads a filter source; empty regexes are left out. Throws a Fail2banFilterError when no failregex is left. */
export function defineFilter(source: FilterSource): FilterDefinition {
  const name = source.name ?? 'filter';
  const where = { file: source.place?.file, line: source.place?.line };
  const failRegex = all(source.failRegex);
  if (failRegex.length === 0)
    throw new Fail2banFilterError('ERR_FAIL2BAN_FILTER_EMPTY', `filter ${name} has no failregex`, {
      ...where,
      cure: 'write at least one failregex with <HOST> or <F-ID> in it',
    });
  const maxLines = source.maxLines ?? 1;
  if (!Number.isInteger(maxLines) || maxLines < 1 || maxLines > maxMaxLines)
    throw new Fail2banFilterError(
      'ERR_FAIL2BAN_FILTER_OPTION',
      `maxlines must be an integer from 1 to ${maxMaxLines}, not ${maxLines}`,
      { ...where, value: maxLines, limit: maxMaxLines },
    );
  const prefRegex = written(source.prefRegex);
  return {
    name,
    failRegex,
    ignoreRegex: all(source.ignoreRegex),
    prefRegex,
    datePattern: written(source.datePattern),
    maxLines,
  };
}
