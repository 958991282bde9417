import { childrenOf, type Node, someNode } from '../python-regex/ast.ts';
import { groupsIn, groupsSetBy } from './captures.ts';
import { isNullable, triesEmptyLast } from './empty-last.ts';

function whyNotRepeat(node: Node & { type: 'repeat' }): string | undefined {
  if (node.mode === 'possessive') return 'possessive repetition: V8 has none';
  const groups = groupsIn(node.body);
  if (node.max > 1 && groups.length > 0) {
    const set = groupsSetBy(node.body, new Set());
    const lost = groups.find((group) => !set.has(group));
    if (lost !== undefined) return `group ${lost} may sit out an iteration of its loop: V8 forgets what it held`;
  }
  if (!isNullable(node.body) || node.max === 0 || node.min === node.max) return undefined;
  if (groups.length > 0) return `a loop around group ${groups[0]} can match nothing: V8 refuses such an iteration`;
  if (!triesEmptyLast(node.body)) return 'a loop prefers to match nothing: V8 refuses such an iteration';
  return undefined;
}

function whyNotNode(node: Node): string | undefined {
  switch (node.type) {
    case 'conditional':
      return `conditional on group ${node.group}: V8 has none`;
    case 'atomic':
      return 'atomic group: V8 has none';
    case 'repeat':
      return whyNotRepeat(node);
    case 'back-reference':
      return node.ignoreCase ? `back-reference to group ${node.group} that ignores case` : undefined;
    case 'look': {
      if (node.behind && someNode(node.body, ({ type }) => type === 'back-reference')) {
        return 'back-reference inside a look-behind: V8 matches it from right to left';
      }
      if (node.negated && groupsIn(node.body).length > 0) {
        return `group ${groupsIn(node.body)[0]} inside a negated look-around`;
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function firstReason(node: Node): string | undefined {
  const own = whyNotNode(node);
  if (own !== undefined) return own;
  for (const child of childrenOf(node)) {
    const reason = firstReason(child);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Why V8's RegExp would answer differently from Python for this pattern; undefined when it would not. */
export function whyNotV8(root: Node): string | undefined {
  const reason = firstReason(root);
  if (reason !== undefined) return reason;
  let unset: number | undefined;
  groupsSetBy(root, new Set(), (node, before) => {
    if (node.type === 'back-reference' && !before.has(node.group)) unset ??= node.group;
  });
  return unset === undefined
    ? undefined
    : `back-reference to group ${unset}, which may not have taken part: V8 matches nothing where Python fails`;
}
