import type { CharSet } from '../chars/char-set.ts';

/** One character out of a set. */
export interface CharNode {
  readonly type: 'char';
  readonly set: CharSet;
}

export interface SequenceNode {
  readonly type: 'sequence';
  readonly items: readonly Node[];
}

/** Branches, the first that lets the rest match wins. */
export interface ChoiceNode {
  readonly type: 'choice';
  readonly branches: readonly Node[];
}

/** A group that captures. */
export interface GroupNode {
  readonly type: 'group';
  readonly index: number;
  readonly name: string | undefined;
  readonly body: Node;
}

export interface RepeatNode {
  readonly type: 'repeat';
  readonly body: Node;
  readonly min: number;
  /** `Infinity` when unbounded. */
  readonly max: number;
  readonly mode: 'greedy' | 'lazy' | 'possessive';
}

/**
 * - `text-start`, `text-end`: `\A` (and `^`), `\Z`;
 * - `end`: `$`, at the end or before a break at the end;
 * - `line-start`, `line-end`: `^` and `$` under MULTILINE;
 * - `boundary`, `no-boundary`: `\b`, `\B`.
 */
export type AssertionKind = 'text-start' | 'text-end' | 'end' | 'line-start' | 'line-end' | 'boundary' | 'no-boundary';

export interface AssertionNode {
  readonly type: 'assertion';
  readonly kind: AssertionKind;
  /** Whether only ASCII letters, digits and underscore are word characters. */
  readonly ascii: boolean;
}

/** Look-ahead or look-behind. */
export interface LookNode {
  readonly type: 'look';
  readonly behind: boolean;
  readonly negated: boolean;
  readonly body: Node;
  /** Characters that a look-behind steps back; 0 for a look-ahead. */
  readonly width: number;
}

export interface BackReferenceNode {
  readonly type: 'back-reference';
  readonly group: number;
  readonly ignoreCase: boolean;
  readonly ascii: boolean;
}

/** `(?(1)yes|no)`. */
export interface ConditionalNode {
  readonly type: 'conditional';
  readonly group: number;
  readonly yes: Node;
  readonly no: Node;
}

/** `(?>…)`. */
export interface AtomicNode {
  readonly type: 'atomic';
  readonly body: Node;
}

export type Node =
  | CharNode
  | SequenceNode
  | ChoiceNode
  | GroupNode
  | RepeatNode
  | AssertionNode
  | LookNode
  | BackReferenceNode
  | ConditionalNode
  | AtomicNode;

/** A pattern, parsed. */
export interface ParsedPattern {
  readonly source: string;
  readonly root: Node;
  /** Groups that capture, not counting the whole match. */
  readonly groupCount: number;
  /** Group numbers by name, ascending. */
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
}

export const empty: SequenceNode = { type: 'sequence', items: [] };

/** The node's direct parts. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'sequence':
      return node.items;
    case 'choice':
      return node.branches;
    case 'conditional':
      return [node.yes, node.no];
    case 'group':
    case 'repeat':
    case 'look':
    case 'atomic':
      return [node.body];
    default:
      return [];
  }
}

/** Whether the node or a part of it passes the test. */
export function someNode(node: Node, test: (node: Node) => boolean): boolean {
  return test(node) || childrenOf(node).some((child) => someNode(child, test));
}
