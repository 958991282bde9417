import { childrenOf, type Node } from '../python-regex/ast.ts';

/** Numbers of the groups inside a node, ascending. */
export function groupsIn(node: Node): readonly number[] {
  const inside = childrenOf(node).flatMap(groupsIn);
  return node.type === 'group' ? [node.index, ...inside] : inside;
}

/**
 * Groups that have certainly taken part once the node has matched, given those that had before.
 *
 * @param visit called with each node and the groups that have certainly taken part when it begins
 */
export function groupsSetBy(
  node: Node,
  before: ReadonlySet<number>,
  visit: (node: Node, before: ReadonlySet<number>) => void = () => {},
): ReadonlySet<number> {
  visit(node, before);
  switch (node.type) {
    case 'sequence': {
      let set = before;
      for (const item of node.items) set = groupsSetBy(item, set, visit);
      return set;
    }
    case 'choice':
    case 'conditional': {
      const branches = childrenOf(node).map((branch) => groupsSetBy(branch, before, visit));
      const [first, ...others] = branches as [ReadonlySet<number>, ...ReadonlySet<number>[]];
      return new Set([...first].filter((group) => others.every((set) => set.has(group))));
    }
    case 'group':
      return new Set([...groupsSetBy(node.body, before, visit), node.index]);
    case 'repeat': {
      // V8 forgets the body's groups when an iteration begins.
      const own = new Set(groupsIn(node.body));
      const inside = groupsSetBy(node.body, new Set([...before].filter((group) => !own.has(group))), visit);
      return node.min === 0 ? before : inside;
    }
    case 'look': {
      const inside = groupsSetBy(node.body, before, visit);
      return node.negated ? before : inside;
    }
    case 'atomic':
      return groupsSetBy(node.body, before, visit);
    default:
      return before;
  }
}
