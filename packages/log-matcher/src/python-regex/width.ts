import type { Node } from './ast.ts';

/** Fewest and most characters that a node consumes; the most may be `Infinity`. */
export type Width = readonly [min: number, max: number];

const times = (width: number, count: number): number => (width === 0 || count === 0 ? 0 : width * count);

/**
 * How many characters a node consumes.
 *
 * @param groupWidth width of a group that a back-reference names
 */
export function widthOf(node: Node, groupWidth: (group: number) => Width): Width {
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
        const width = widthOf(item, groupWidth);
        min += width[0];
        max += width[1];
      }
      return [min, max];
    }
    case 'choice':
      return widestOf(node.branches, groupWidth);
    case 'conditional':
      return widestOf([node.yes, node.no], groupWidth);
    case 'repeat': {
      const [min, max] = widthOf(node.body, groupWidth);
      return [times(min, node.min), times(max, node.max)];
    }
    case 'group':
    case 'atomic':
      return widthOf(node.body, groupWidth);
    case 'back-reference':
      return groupWidth(node.group);
  }
}

function widestOf(branches: readonly Node[], groupWidth: (group: number) => Width): Width {
  let min = Number.POSITIVE_INFINITY;
  let max = 0;
  for (const branch of branches) {
    const width = widthOf(branch, groupWidth);
    min = Math.min(min, width[0]);
    max = Math.max(max, width[1]);
  }
  return [min, max];
}
