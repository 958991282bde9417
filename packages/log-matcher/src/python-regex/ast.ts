import type { CharSet } from '../chars/char-set.ts';

/**
 * Where a node stands in its pattern. A group that captures, a look-around and the like include their
 * parentheses; what stands alone in `(?:…)` does not include those; a repetition ends behind its quantifier.
 */
export interface Spanned {
  /** UTF-16 offset of its first character. */
  readonly start: number;
  /** UTF-16 offset behind its last character. */
  readonly end: number;
}

/** One character out of a set. */
export interface CharNode extends Spanned {
  readonly type: 'char';
  readonly set: CharSet;
}

export interface SequenceNode extends Spanned {
  readonly type: 'sequence';
  readonly items: readonly Node[];
}

/** Branches, the first that lets the rest match wins. */
export interface ChoiceNode extends Spanned {
  readonly type: 'choice';
  readonly branches: readonly Node[];
}

/** A group that captures. */
export interface GroupNode extends Spanned {
  readonly type: 'group';
  readonly index: number;
  readonly name: string | undefined;
  readonly body: Node;
}

export interface RepeatNode extends Spanned {
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

export interface AssertionNode extends Spanned {
  readonly type: 'assertion';
  readonly kind: AssertionKind;
  /** Whether only ASCII letters, digits and underscore are word characters. */
  readonly ascii: boolean;
}

/** Look-ahead or look-behind. */
export interface LookNode extends Spanned {
  readonly type: 'look';
  readonly behind: boolean;
  readonly negated: boolean;
  readonly body: Node;
  /** Characters that a look-behind steps back; 0 for a look-ahead. */
  readonly width: number;
}

export interface BackReferenceNode extends Spanned {
  readonly type: 'back-reference';
  readonly group: number;
  readonly ignoreCase: boolean;
  readonly ascii: boolean;
}

/** `(?(1)yes|no)`. */
export interface ConditionalNode extends Spanned {
  readonly type: 'conditional';
  readonly group: number;
  readonly yes: Node;
  readonly no: Node;
}

/** `(?>…)`. */
export interface AtomicNode extends Spanned {
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

/**
 * By whose rules the nodes match. JavaScript (ECMA-262, 22.2.2) differs from Python in these:
 *
 * - A repetition forgets what the groups inside it held whenever an iteration begins.
 * - An iteration beyond the minimum that matches nothing is refused; Python takes it and leaves the loop.
 * - A back-reference to a group that took no part matches the empty text; in Python it fails. One that ignores case
 *   compares by simple case folding (`foldOf`), Python by lower case (`lowerOf`).
 */
export type Semantics = 'python' | 'javascript';

/** A pattern, parsed. */
export interface ParsedPattern {
  readonly source: string;
  readonly semantics: Semantics;
  readonly root: Node;
  /** Groups that capture, not counting the whole match. */
  readonly groupCount: number;
  /** Group numbers by name, ascending. */
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
}

/** What matches the empty text, and stands nowhere. */
export const emptyAt = (at: number): SequenceNode => ({ type: 'sequence', items: [], start: at, end: at });

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
