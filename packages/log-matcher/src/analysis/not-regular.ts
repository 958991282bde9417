import { childrenOf, type Node } from '../python-regex/ast.ts';
import { maxGroupTexts } from './group-texts.ts';

/** What makes a pattern more than an automaton can match, and where it stands. */
export interface NotRegular {
  /** With the column, counted from 1. */
  readonly reason: string;
  /** UTF-16 offsets in the pattern. */
  readonly start: number;
  readonly end: number;
}

function faultOf(node: Node, texts: ReadonlyMap<number, readonly string[]>): string | undefined {
  switch (node.type) {
    case 'back-reference':
      return texts.has(node.group)
        ? undefined
        : `back-reference \\${node.group} to a group that can hold more than ${maxGroupTexts} texts`;
    case 'atomic':
      return 'atomic group, which never gives back what it took';
    case 'repeat':
      return node.mode === 'possessive' ? 'possessive repetition, which never gives back what it took' : undefined;
    default:
      return undefined;
  }
}

/**
 * The first part of a pattern, in the order of the text, that takes more memory than an automaton has, or more than one
 * pass over it.
 *
 * @param texts of the groups that are referred to, from `groupTexts`
 */
export function notRegular(root: Node, texts: ReadonlyMap<number, readonly string[]>): NotRegular | undefined {
  const fault = faultOf(root, texts);
  if (fault !== undefined) {
    return { reason: `${fault} (column ${root.start + 1})`, start: root.start, end: root.end };
  }
  for (const child of childrenOf(root)) {
    const found = notRegular(child, texts);
    if (found !== undefined) return found;
  }
  return undefined;
}
