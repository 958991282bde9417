import type { GroupNode, ParsedPattern } from '../python-regex/ast.ts';
import { type Width, widthOf } from '../python-regex/width.ts';

const anyWidth: Width = [0, Number.POSITIVE_INFINITY];

/**
 * Fewest and most code points that a match takes.
 *
 * @param groups from `survey`
 */
export function lengthsOf({ root, semantics }: ParsedPattern, groups: readonly GroupNode[]): Width {
  const inside = new Map<number, Width>();
  // A group's width stands for the group itself; in JavaScript a reference to it may match nothing instead.
  const groupWidth = (group: number): Width => inside.get(group) ?? anyWidth;
  for (const { index, body } of groups) inside.set(index, widthOf(body, groupWidth, semantics));
  return widthOf(root, groupWidth, semantics);
}
