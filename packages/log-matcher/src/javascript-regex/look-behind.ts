import { type LookNode, type Node, type Spanned, someNode } from '../python-regex/ast.ts';
import { type Width, widthOf } from '../python-regex/width.ts';
import { fixedWidths } from './fixed-widths.ts';

const isGroup = ({ type }: Node): boolean => type === 'group';

/** The node without its groups: what they enclose matches as before. */
function withoutGroups(node: Node): Node {
  switch (node.type) {
    case 'group':
      return withoutGroups(node.body);
    case 'sequence':
      return { ...node, items: node.items.map(withoutGroups) };
    case 'choice':
      return { ...node, branches: node.branches.map(withoutGroups) };
    case 'repeat':
    case 'look':
    case 'atomic':
      return { ...node, body: withoutGroups(node.body) };
    default:
      return node;
  }
}

/**
 * Writes out loops around groups for an engine that goes from left to right: JavaScript goes through a look-behind from
 * right to left, so the iteration whose groups remain is the one that stands first.
 */
function firstIterationLast(node: Node): Node {
  switch (node.type) {
    case 'repeat': {
      const { body, min, start, end } = node;
      if (min < 2 || !someNode(body, isGroup)) return node;
      const others: Node = { ...node, body: withoutGroups(body), min: min - 1, max: min - 1 };
      return { type: 'sequence', items: [firstIterationLast(body), others], start, end };
    }
    case 'sequence':
      return { ...node, items: node.items.map(firstIterationLast) };
    case 'choice':
      return { ...node, branches: node.branches.map(firstIterationLast) };
    case 'group':
      return { ...node, body: firstIterationLast(node.body) };
    default:
      return node;
  }
}

/** Whether a loop around a group runs a number of times that its width does not tell. */
const hasLooseLoop = (node: Node, groupWidth: (group: number) => Width): boolean =>
  someNode(
    node,
    (part) =>
      part.type === 'repeat' &&
      part.min !== part.max &&
      someNode(part.body, isGroup) &&
      widthOf(part.body, groupWidth)[1] === 0,
  );

/** What keeps a look-behind from being expressed. */
export interface Inexpressible {
  readonly fault: string;
  readonly cure: string;
}

/**
 * A JavaScript look-behind as look-behinds of fixed widths that match the same from left to right.
 *
 * A body of several widths becomes one look-behind for each. That, and the order of matching, would be seen in groups and
 * back-references inside, which are kept only where it makes no difference.
 */
export function lookBehindNode(
  body: Node,
  negated: boolean,
  { start, end }: Spanned,
  groupWidth: (group: number) => Width,
): Node | Inexpressible {
  if (someNode(body, ({ type }) => type === 'back-reference')) {
    return { fault: 'back-reference inside a look-behind', cure: 'write out what it refers to' };
  }
  const look = (inner: Node, width: number): LookNode => ({
    type: 'look',
    behind: true,
    negated,
    body: inner,
    width,
    start,
    end,
  });
  // Of a negated look-behind no group is ever seen.
  const seen = negated ? withoutGroups(body) : body;
  const [min, max] = widthOf(body, groupWidth);
  const looseLoop = someNode(seen, isGroup) && hasLooseLoop(seen, groupWidth);
  if (min === max && !looseLoop) return look(firstIterationLast(seen), min);
  if (someNode(seen, isGroup)) {
    return {
      fault: 'look-behind of more than one length with a group inside',
      cure: 'write (?:…) for the group, or give all branches one length',
    };
  }
  const forms = fixedWidths(seen);
  if (forms === undefined) {
    const unbounded = max === Number.POSITIVE_INFINITY;
    return {
      fault: unbounded ? 'look-behind of unbounded length' : 'look-behind of too many lengths',
      cure: unbounded ? 'bound its repetitions: {0,9} instead of *' : 'bound its repetitions more narrowly',
    };
  }
  const looks = [...forms].map(([width, form]) => look(form, width));
  const [only] = looks as [LookNode];
  if (looks.length === 1) return only;
  return negated ? { type: 'sequence', items: looks, start, end } : { type: 'choice', branches: looks, start, end };
}

export const isExpressible = (node: Node | Inexpressible): node is Node => 'type' in node;
