import { type Node, type ParsedPattern, someNode } from '../python-regex/ast.ts';
import { widthOf } from '../python-regex/width.ts';
import { lengthsOf } from './lengths.ts';
import { survey } from './survey.ts';

const unbounded = (): readonly [number, number] => [0, Number.POSITIVE_INFINITY];

/** Most code points that look-aheads and assertions see beyond where they stand. */
function sightOf(root: Node): number {
  let most = 0;
  someNode(root, (node) => {
    if (node.type === 'assertion') most = Math.max(most, 1);
    else if (node.type === 'look' && !node.behind) most = Math.max(most, widthOf(node.body, unbounded)[1] + 1);
    return false;
  });
  return most;
}

/**
 * Most code points, from the first one of a match on, on which it can depend that the match is there, and which one it is;
 * `Infinity` when there is no bound.
 */
export function reachOf(parsed: ParsedPattern): number {
  const { root } = parsed;
  return lengthsOf(parsed, survey(root).groups)[1] + sightOf(root);
}
