import type { Node } from './ast.ts';

/** Whether a node can match without consuming anything. */
export function isNullable(node: Node): boolean {
  switch (node.type) {
    case 'char':
      return false;
    case 'sequence':
      return node.items.every(isNullable);
    case 'choice':
      return node.branches.some(isNullable);
    case 'conditional':
      return isNullable(node.yes) || isNullable(node.no);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'group':
    case 'atomic':
      return isNullable(node.body);
    case 'assertion':
    case 'look':
    case 'back-reference':
      return true;
  }
}
