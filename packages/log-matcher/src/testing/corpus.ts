import { existsSync, readFileSync } from 'node:fs';
import type { Need } from '../../../../tools/testing/describe-with.ts';

const folder = new URL('../../../../../shared/fail2ban-corpus/debian-1.0.2/', import.meta.url);

/** What fail2ban answers to its own filters and samples. */
export const corpus: Need = {
  text: '../shared/fail2ban-corpus beside the workspace',
  isThere: existsSync(folder),
  isOptional: true,
};

const rows = (file: string): readonly unknown[] =>
  readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

interface FilterRow {
  readonly filter: string;
  readonly maxlines: number | null;
  readonly expanded: Readonly<Record<string, string | readonly string[] | null>>;
}

interface CaseRow {
  readonly filter: string;
  readonly line: string;
  readonly date: { readonly start: number; readonly end: number } | null;
}

/** A stock filter of fail2ban with the regexes of all its variants and the lines of its samples. */
export interface CorpusFilter {
  readonly name: string;
  /** With Python's flags as letters. */
  readonly regexes: readonly { readonly source: string; readonly flags: string }[];
  /** As in the log, and with the date cut out. */
  readonly lines: readonly string[];
}

/** All filters of the corpus. */
export function corpusFilters(): readonly CorpusFilter[] {
  const lines = new Map<string, Set<string>>();
  for (const { filter, line, date } of rows('cases.jsonl') as readonly CaseRow[]) {
    const set = lines.get(filter) ?? new Set();
    lines.set(filter, set.add(line));
    if (date !== null) set.add(line.slice(0, date.start) + line.slice(date.end));
  }
  const regexes = new Map<string, Map<string, { source: string; flags: string }>>();
  for (const { filter, maxlines, expanded } of rows('filters.jsonl') as readonly FilterRow[]) {
    const map = regexes.get(filter) ?? new Map<string, { source: string; flags: string }>();
    regexes.set(filter, map);
    const flags = (maxlines ?? 1) > 1 ? 'm' : '';
    for (const value of Object.values(expanded)) {
      for (const source of value === null ? [] : [value].flat()) map.set(`${flags} ${source}`, { source, flags });
    }
  }
  return [...regexes].map(([name, map]) => ({
    name,
    regexes: [...map.values()],
    lines: [...(lines.get(name) ?? [])],
  }));
}
