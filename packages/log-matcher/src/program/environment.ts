import { childrenOf, type Node, type ParsedPattern, type RepeatNode, type Semantics } from '../python-regex/ast.ts';
import { isNullable } from '../python-regex/nullable.ts';
import { finiteTexts } from './finite-texts.ts';

/** A part of what a thread has to remember besides its instruction: one of `size` values. */
export interface Dimension {
  readonly size: number;
  readonly stride: number;
}

/** What a group that is referred to can hold: the index of a text plus one, 0 for nothing. */
export interface TrackedGroup extends Dimension {
  /** For a group that only conditionals ask for: undefined, the value being 0 or 1. */
  readonly texts: readonly string[] | undefined;
}

/**
 * The finite memory of a pattern's threads: whether or with what text a group took part, and whether an iteration of a
 * loop has taken a character. A program holds a copy of each instruction for each state of this memory, which turns
 * conditionals and references to groups of few texts into plain alternatives.
 */
export interface Environment {
  readonly size: number;
  readonly groups: ReadonlyMap<number, TrackedGroup>;
  readonly loops: ReadonlyMap<RepeatNode, Dimension>;
}

export const valueIn = (state: number, { size, stride }: Dimension): number => Math.floor(state / stride) % size;

export const withValue = (state: number, dimension: Dimension, value: number): number =>
  state + (value - valueIn(state, dimension)) * dimension.stride;

/**
 * Whether a repetition has to know if an iteration beyond the least took a character: in Python none follows one that did
 * not, in JavaScript such an iteration is none.
 */
export const needsProgress = ({ body, min, max }: RepeatNode, semantics: Semantics): boolean =>
  min !== max && (max > 1 || semantics === 'javascript') && isNullable(body);

/** The groups, by number. */
export function groupNodes(root: Node, found: Map<number, Node & { type: 'group' }> = new Map()): typeof found {
  if (root.type === 'group') found.set(root.index, root);
  for (const child of childrenOf(root)) groupNodes(child, found);
  return found;
}

/** The memory that a pattern's threads need. */
export function environmentOf({ root, semantics }: ParsedPattern): Environment {
  const bodies = groupNodes(root);
  const groups = new Map<number, TrackedGroup>();
  const loops = new Map<RepeatNode, Dimension>();
  let size = 1;
  const add = (count: number): Dimension => {
    const stride = size;
    size *= count;
    return { size: count, stride };
  };
  const referenced = new Set<number>();
  const asked = new Set<number>();
  const visit = (node: Node): void => {
    if (node.type === 'back-reference') referenced.add(node.group);
    if (node.type === 'conditional') asked.add(node.group);
    if (node.type === 'repeat' && needsProgress(node, semantics)) loops.set(node, add(2));
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  for (const group of new Set([...asked, ...referenced])) {
    const body = bodies.get(group)?.body;
    const texts = referenced.has(group) && body !== undefined ? finiteTexts(body) : undefined;
    groups.set(group, { ...add(texts === undefined ? 2 : texts.length + 1), texts });
  }
  return { size, groups, loops };
}
