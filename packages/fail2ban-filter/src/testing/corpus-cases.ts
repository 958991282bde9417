import { fixedClock } from '@sluice/pipeline';
import { corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import { compileParts } from '../compile-filter.ts';
import { Fail2banFilter } from '../fail2ban-filter.ts';
import type { FilterParts } from '../filter-parts.ts';
import { type FilterOptions, resolveOptions } from '../options.ts';
import { corpusNowMs, corpusZone } from './corpus-time.ts';

type FilterModes = Readonly<Record<string, string>>;

/** What fail2ban found in a line, as its daemon does: the first failregex that matches. */
interface Found {
  readonly regex: number;
  readonly fid: string;
  /** Seconds; null where fail2ban had no time for it. */
  readonly time: number | null;
  readonly fail: Readonly<Record<string, unknown>>;
}

/** One line of a sample log, with the lines before it that matter. */
export interface CorpusCase {
  readonly id: string;
  readonly filter: string;
  readonly options: FilterModes;
  readonly instance: string;
  readonly lines: readonly string[];
  readonly line: string;
  readonly journal: boolean;
  readonly prod: readonly Found[];
}

export interface CorpusFilter {
  readonly filter: string;
  readonly options: FilterModes;
  readonly failregex: readonly string[];
  readonly ignoreregex: readonly string[];
  readonly prefregex: string | null;
  readonly maxlines: number | null;
  readonly datepattern: string | null;
}

const keyOf = ({ filter, options }: { readonly filter: string; readonly options: FilterModes }): string =>
  JSON.stringify([filter, Object.entries(options).sort()]);

export const corpusCases = (): CorpusCase[] => corpusLines('cases.jsonl');

/**
 * Makes filters for cases, each with a state of its own, as fail2ban's own tests do. Regexes are compiled once.
 *
 * @param options over those that the golden data was made with
 */
export function corpusFilters(options: FilterOptions = {}): (row: CorpusCase) => Fail2banFilter {
  const rows = new Map(corpusLines<CorpusFilter>('filters.jsonl').map((filter) => [keyOf(filter), filter]));
  const settings = resolveOptions(
    { useDns: 'raw', timeZone: corpusZone, clock: fixedClock(corpusNowMs), ...options },
    undefined,
  );
  const compiled = new Map<string, FilterParts>();
  const compile = (row: CorpusCase): FilterParts => {
    const found = rows.get(keyOf(row));
    if (found === undefined) throw new Error(`no filter for ${row.id}`);
    const { filter: name, failregex, ignoreregex, prefregex, datepattern, maxlines } = found;
    return compileParts(
      {
        name,
        failRegex: failregex,
        ignoreRegex: ignoreregex,
        prefRegex: prefregex ?? undefined,
        datePattern: datepattern ?? undefined,
        maxLines: maxlines ?? undefined,
      },
      settings,
    );
  };
  return (row) => {
    const key = keyOf(row);
    const parts = compiled.get(key) ?? compile(row);
    compiled.set(key, parts);
    return new Fail2banFilter(parts);
  };
}

/** Groups that fail2ban keeps for itself, or in another form. */
const inner = /^(?:matches|users|nofail.*|mlf(?!id).*|skiplines\d+|content)$/;

/** What is compared of an expected or a found failure. */
export interface Outcome {
  readonly id: string;
  readonly pattern: number;
  readonly timeMs: number;
  readonly groups: Readonly<Record<string, string>>;
  /** Lines told with it. */
  readonly matches: readonly string[];
}

/** The outcome that fail2ban had; undefined for no failure. */
export function expectedOutcome({ prod }: CorpusCase): Outcome | undefined {
  const [found] = prod;
  if (found === undefined) return undefined;
  const { fid, regex, time, fail } = found;
  const groups = Object.entries(fail).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !inner.test(entry[0]),
  );
  return {
    id: fid,
    pattern: regex,
    timeMs: time === null ? corpusNowMs : time * 1000,
    groups: Object.fromEntries(groups),
    matches: (fail['matches'] ?? []) as readonly string[],
  };
}
