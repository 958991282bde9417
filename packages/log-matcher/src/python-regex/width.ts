import type { Node, Semantics } from './ast.ts';

/** Fewest and most characters that a node consumes; the most may be `Infinity`. */
export type Width = readonly [min: number, max: number];

const times = (width: number, count: number): number => (width === 0 || count === 0 ? 0 : width * count);

/**
 * How many characters a node consumes.
 *
 * @param groupWidth width of a group by number: of those inside the node, and of those that back-references name
 * @param semantics in JavaScript a back-reference to a group that took no part consumes nothing
 */
export function widthOf(node: Node, groupWidth: (group: number) => Width, semantics: Semantics = 'python'): Width {
  switch (node.type) {
    case 'char':
      return [1, 1];
    case 'assertion':
    case 'look':
      return [0, 0];
    case 'sequence': {
      let min = 0;
      let max = 0;
      for (const item of node.items) {
        const width = widthOf(item, groupWidth, semantics);
        min += width[0];
        max += width[1];
      }
      return [min, max];
    }
    case 'choice':
      return widestOf(node.branches, groupWidth, semantics);
    case 'conditional':
      return widestOf([node.yes, node.no], groupWidth, semantics);
    case 'repeat': {
      const [min, max] = widthOf(node.body, groupWidth, semantics);
      return [times(min, node.min), times(max, node.max)];
    }
    case 'atomic':
      return widthOf(node.body, groupWidth, semantics);
    case 'group':
      return groupWidth(node.index);
    case 'back-reference': {
      const [min, max] = groupWidth(node.group);
      return [semantics === 'javascript' ? 0 : min, max];
    }
  }
}

function widestOf(branches: readonly Node[], groupWidth: (group: number) => Width, semantics: Semantics): Width {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (const branch of branches) {
    const width = widthOf(branch, groupWidth, semantics);
    min = Math.min(min, width[0]);
    max = Math.max(max, width[1]);
  }
  return [min, max];
}
