import type { ParsedPattern } from '../python-regex/ast.ts';

const named = new WeakMap<ParsedPattern, ReadonlySet<number>>();

/**
 * Whether the search of a line works a group out at once, and not only when it is asked for.
 *
 * Those are the named groups, or all of a pattern without names: who names groups asks for them, and the walk to the last
 * group of a match may be long.
 */
export function isSettled(parsed: ParsedPattern, group: number): boolean {
  if (group === 0) return false;
  if (parsed.groupNames.size === 0) return true;
  let groups = named.get(parsed);
  if (groups === undefined) {
    groups = new Set([...parsed.groupNames.values()].flat());
    named.set(parsed, groups);
  }
  return groups.has(group);
}
