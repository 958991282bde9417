import { anyChar, type CharSet, charSetHas } from '../chars/char-set.ts';
import { normalizeRanges, type Range } from '../chars/ranges.ts';
import { emptyAt, type GroupNode, type Node, type ParsedPattern, someNode } from '../python-regex/ast.ts';

const digits: Range = [0x30, 0x39];
const upperCase: Range = [0x41, 0x5a];
const lowerCase: Range = [0x61, 0x7a];

const hasAny = (set: CharSet, [from, to]: Range): boolean => {
  for (let code = from; code <= to; code++) if (charSetHas(set, code)) return true;
  return false;
};

/** A set that tells neither digits nor letters of ASCII apart. */
function looseSet(set: CharSet): CharSet {
  const added: Range[] = [];
  if (hasAny(set, digits)) added.push(digits);
  if (hasAny(set, upperCase) || hasAny(set, lowerCase)) added.push(upperCase, lowerCase);
  if (added.length === 0) return set;
  return set.negated ? anyChar : { ...set, ranges: normalizeRanges([...set.ranges, ...added]) };
}

const nothing = emptyAt(0);
const anything: Node = {
  ...nothing,
  type: 'repeat',
  body: { ...nothing, type: 'char', set: anyChar },
  min: 0,
  max: Number.POSITIVE_INFINITY,
  mode: 'greedy',
};

/**
 * A pattern that matches wherever this one does, and in other places too: digits are as good as each other, and letters; a
 * back-reference is to any text of its group; some assertions are left out. So its automaton has few states, and those of
 * several such patterns together.
 */
export function looseOf(parsed: ParsedPattern): ParsedPattern {
  const groups = new Map<number, GroupNode>();
  someNode(parsed.root, (node) => {
    if (node.type === 'group') groups.set(node.index, node);
    return false;
  });
  const loosen = (node: Node, inReference: boolean): Node => {
    const inner = (body: Node): Node => loosen(body, inReference);
    switch (node.type) {
      case 'char':
        return { ...node, set: looseSet(node.set) };
      case 'sequence':
        return { ...node, items: node.items.map(inner) };
      case 'choice':
        return { ...node, branches: node.branches.map(inner) };
      case 'group':
      case 'atomic':
        return inner(node.body);
      case 'repeat':
        return { ...node, body: inner(node.body), mode: 'greedy' };
      case 'conditional':
        return { start: node.start, end: node.end, type: 'choice', branches: [inner(node.yes), inner(node.no)] };
      case 'back-reference': {
        const group = groups.get(node.group);
        return group === undefined || inReference ? anything : loosen(group.body, true);
      }
      case 'look':
        return node.behind || node.negated ? nothing : { ...node, body: inner(node.body) };
      case 'assertion':
        return node;
    }
  };
  return { ...parsed, root: loosen(parsed.root, false), groupCount: 0, groupNames: new Map() };
}
