import type { LineMatch } from '../pattern-match.ts';
import type { PatternSet } from '../pattern-set.ts';

/** What every getter of a match says. */
export function allOfMatch(set: PatternSet, match: LineMatch): Record<string, unknown> {
  const { pattern, subject, line } = match;
  const { groupCount = 0, groupNames = new Map() } = set.patterns[pattern] ?? {};
  const groups = [undefined, ...Array.from({ length: groupCount + 1 }, (_, group) => group), ...groupNames.keys()];
  return {
    pattern,
    subject,
    line: { offset: line.offset, length: line.length, text: line.text },
    groups: { ...match.groups() },
    spans: groups.map((group) => [group, match.start(group), match.end(group), match.text(group)]),
  };
}
