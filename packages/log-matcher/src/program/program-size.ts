import type { Node } from '../python-regex/ast.ts';

/** Beyond this a size is only known to be too large, so that nested counts do not overflow. */
const enough = 1e9;

const sum = (nodes: readonly Node[]): number => nodes.reduce((size, node) => size + programSize(node), 0);

/** Instructions that a node takes in a program, at most. */
export function programSize(node: Node): number {
  switch (node.type) {
    case 'sequence':
      return sum(node.items);
    case 'choice':
      return sum(node.branches) + node.branches.length - 1;
    case 'conditional':
      return programSize(node.yes) + programSize(node.no);
    case 'repeat': {
      const copies = node.max === Number.POSITIVE_INFINITY ? Math.max(1, node.min) : node.max;
      return Math.min(enough, copies * (programSize(node.body) + 1));
    }
    case 'group':
    case 'look':
    case 'atomic':
      return programSize(node.body) + 2;
    case 'back-reference':
      return 16;
    default:
      return 1;
  }
}
