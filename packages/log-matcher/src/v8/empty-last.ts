import type { Node } from '../python-regex/ast.ts';

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

/**
 * Whether a node that can match the empty text tries that only after everything else it can match.
 *
 * V8 refuses an empty iteration of a loop and goes on with the body's next way to match; Python accepts it and leaves
 * the loop. Where the empty way is the last one, both come to the same.
 */
export function triesEmptyLast(node: Node): boolean {
  if (!isNullable(node)) return true;
  switch (node.type) {
    case 'sequence':
      return node.items.every(triesEmptyLast);
    case 'choice':
      return node.branches.slice(0, -1).every((branch) => !isNullable(branch)) && node.branches.every(triesEmptyLast);
    case 'repeat':
      return node.mode !== 'lazy' && triesEmptyLast(node.body);
    case 'group':
      return triesEmptyLast(node.body);
    case 'assertion':
    case 'look':
      return true;
    default:
      return false;
  }
}
