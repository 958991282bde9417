import type { CharSet } from '../chars/char-set.ts';
import type { Node } from '../python-regex/ast.ts';

/**
 * Adds the sets that a node's matches begin with to `sets`, one for each place in the pattern.
 *
 * @returns whether the node can match without a character
 */
export function addFirstSets(node: Node, sets: CharSet[]): boolean {
  switch (node.type) {
    case 'char':
      sets.push(node.set);
      return false;
    case 'sequence':
      for (const item of node.items) if (!addFirstSets(item, sets)) return false;
      return true;
    case 'choice':
    case 'conditional': {
      let nullable = false;
      for (const branch of node.type === 'choice' ? node.branches : [node.yes, node.no]) {
        if (addFirstSets(branch, sets)) nullable = true;
      }
      return nullable;
    }
    case 'repeat':
      if (node.max === 0) return true;
      return addFirstSets(node.body, sets) || node.min === 0;
    case 'group':
    case 'atomic':
      return addFirstSets(node.body, sets);
    default:
      return true;
  }
}
