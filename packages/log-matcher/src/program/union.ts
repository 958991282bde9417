import { type Node, type ParsedPattern, type SequenceNode, someNode } from '../python-regex/ast.ts';

const empty: SequenceNode = { type: 'sequence', items: [], start: 0, end: 0 };

/** Whether a pattern keeps its meaning without its groups. */
export const canJoin = ({ root }: ParsedPattern): boolean =>
  !someNode(root, ({ type }) => type === 'back-reference' || type === 'conditional');

/** The parts of a node in a row, without groups. */
function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'sequence':
      return node.items.flatMap(partsOf);
    case 'group':
      return partsOf(node.body);
    case 'choice':
      return [{ ...node, branches: node.branches.map((branch) => inRow(partsOf(branch))) }];
    case 'repeat':
    case 'look':
      return [{ ...node, body: inRow(partsOf(node.body)) }];
    default:
      return [node];
  }
}

function inRow(parts: readonly Node[]): Node {
  return parts.length === 1 ? (parts[0] as Node) : { ...empty, items: parts };
}

/** A node as text to compare; where it stands does not matter. */
const keyOf = (node: Node): string =>
  JSON.stringify(node, (name, value) => {
    if (name === 'start' || name === 'end') return undefined;
    return value === Number.POSITIVE_INFINITY ? 'unbounded' : value;
  });

/** Rows of parts as one node, what they begin with in common written once. */
function join(rows: readonly (readonly Node[])[], at: number): Node {
  // What has matched needs nothing more, whatever else could follow.
  if (rows.some((row) => row.length === at)) return empty;
  const groups = new Map<string, (readonly Node[])[]>();
  for (const row of rows) {
    const key = keyOf(row[at] as Node);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const branches = [...groups.values()].map((group) => {
    const first = group[0] as readonly Node[];
    if (group.length === 1) return inRow(first.slice(at));
    return inRow([first[at] as Node, join(group, at + 1)]);
  });
  return branches.length === 1 ? (branches[0] as Node) : { type: 'choice', branches, start: 0, end: 0 };
}

/**
 * A pattern that matches where one of these does. Neither groups nor priorities are kept.
 *
 * What patterns begin with in common is written once: so their automaton has one state where theirs would have many.
 */
export function unionOf(patterns: readonly ParsedPattern[]): ParsedPattern {
  const root = join(
    patterns.map(({ root }) => partsOf(root)),
    0,
  );
  return { source: '', root, groupCount: 0, groupNames: new Map(), semantics: patterns[0]?.semantics ?? 'python' };
}
