import { PatternSet } from '@sluice/log-matcher';
import type { FilterRules } from '../rules/filter-rules.ts';
import { matchesAnyLine } from './matches-any-line.ts';

/** Which lines a report has to look at closely. */
export interface ReportGate {
  /** The lines that a regex could match which a report counts, among others. */
  readonly set: PatternSet;
  /** True when the prefregex matches all other lines, save empty ones; else it matches none of them. */
  readonly prefixesAll: boolean;
  /** How many patterns of the set, its first, are the failregexes; 0 where the prefregex is looked for instead. */
  readonly failCount: number;
}

/**
 * Chooses what lines are looked for: those that the prefregex could match, or where it matches any line those that a
 * failregex could match; and those that an ignoreregex could match, where it is asked first.
 */
export function reportGate(rules: FilterRules): ReportGate {
  const gate = gates.get(rules) ?? makeGate(rules);
  gates.set(rules, gate);
  return gate;
}

const gates = new WeakMap<FilterRules, ReportGate>();

function makeGate({ pref, fail, ignore, ignoreFirst }: FilterRules): ReportGate {
  const sources = (set: PatternSet | undefined): string[] => set?.patterns.map(({ source }) => source) ?? [];
  const prefixesAll = pref !== undefined && sources(pref).every(matchesAnyLine);
  const first = pref === undefined || prefixesAll ? fail : pref;
  const failCount = first === fail ? fail.patterns.length : 0;
  if (!ignoreFirst || ignore === undefined) return { set: first, prefixesAll, failCount };
  const patterns = [...sources(first), ...sources(ignore)];
  return { set: PatternSet.compile(patterns, { finalBreak: true }), prefixesAll, failCount };
}
