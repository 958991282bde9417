import type { Node } from '../python-regex/ast.ts';
import { isAnchored } from '../python-regex/starts.ts';

/** Where a match can begin and end. */
export interface Anchors {
  /** Whether every match begins where the subject begins. */
  readonly start: boolean;
  /** `text-end`: every match ends where the subject ends; `end`: there, or before a `\n` at its end. */
  readonly end: 'text-end' | 'end' | undefined;
}

type End = Anchors['end'];

const isZeroWidth = ({ type }: Node): boolean => type === 'assertion' || type === 'look';

function endOfAll(branches: readonly Node[]): End {
  const ends = branches.map(endOf);
  if (ends.includes(undefined)) return undefined;
  return ends.includes('end') ? 'end' : 'text-end';
}

function endOf(node: Node): End {
  switch (node.type) {
    case 'assertion':
      return node.kind === 'text-end' || node.kind === 'end' ? node.kind : undefined;
    case 'sequence':
      for (let index = node.items.length - 1; index >= 0; index--) {
        const item = node.items[index] as Node;
        const end = endOf(item);
        if (end !== undefined || !isZeroWidth(item)) return end;
      }
      return undefined;
    case 'choice':
      return endOfAll(node.branches);
    case 'conditional':
      return endOfAll([node.yes, node.no]);
    case 'group':
    case 'atomic':
      return endOf(node.body);
    case 'repeat':
      return node.min > 0 ? endOf(node.body) : undefined;
    default:
      return undefined;
  }
}

/** The anchors that every match of a pattern has. */
export const anchorsOf = (root: Node): Anchors => ({ start: isAnchored(root), end: endOf(root) });
