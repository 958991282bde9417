import type { ParsedPattern } from '../python-regex/ast.ts';

/**
 * For each group 1 where the search of a line works it out at once, and not only when it is asked for.
 *
 * Those are the named groups, or all of a pattern without names: who names groups asks for them, and the walk to the last
 * group of a match may be long. The whole match is not one of them: its end is the end of the walk.
 */
export function settledGroups({ groupCount, groupNames }: ParsedPattern): Uint8Array {
  const settled = new Uint8Array(groupCount + 1);
  if (groupNames.size === 0) settled.fill(1, 1);
  for (const group of [...groupNames.values()].flat()) settled[group] = 1;
  return settled;
}
