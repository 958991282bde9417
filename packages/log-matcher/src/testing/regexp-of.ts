import { type CharSet, charSetHas } from '../chars/char-set.ts';
import type { Ranges } from '../chars/ranges.ts';
import type { Node, ParsedPattern, RepeatNode } from '../python-regex/ast.ts';

const charSource = (code: number): string => `\\u{${code.toString(16)}}`;

function setSource({ negated, ranges }: CharSet): string {
  const inside = (all: Ranges): string => all.map(([from, to]) => `${charSource(from)}-${charSource(to)}`).join('');
  return `[${negated ? '^' : ''}${inside(ranges)}]`;
}

function quantifier({ min, max, mode }: RepeatNode): string {
  return `{${min},${max === Number.POSITIVE_INFINITY ? '' : max}}${mode === 'lazy' ? '?' : ''}`;
}

const assertions: Readonly<Record<string, string>> = { 'text-start': '^', 'text-end': '$', boundary: '\\b' };

function sourceOf(node: Node): string {
  switch (node.type) {
    case 'char':
      return setSource(node.set);
    case 'sequence':
      return node.items.map((item) => `(?:${sourceOf(item)})`).join('');
    case 'choice':
      return node.branches.map((branch) => `(?:${sourceOf(branch)})`).join('|');
    case 'group':
      return `(${sourceOf(node.body)})`;
    case 'repeat':
      return `(?:${sourceOf(node.body)})${quantifier(node)}`;
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negated ? '!' : '='}${sourceOf(node.body)})`;
    case 'back-reference':
      return `(?:\\${node.group})`;
    case 'assertion': {
      const source = assertions[node.kind];
      if (source !== undefined) return source;
    }
  }
  throw new TypeError(`not in JavaScript: ${JSON.stringify(node)}`);
}

/**
 * A regular expression written anew from what our parser made of another, in the plainest of forms: it matches as the
 * other one does if the parser understood that.
 *
 * @param flags for back-references that ignore case; the sets do so by themselves
 */
export const regexpOf = ({ root }: ParsedPattern, flags: 'du' | 'diu'): RegExp => new RegExp(sourceOf(root), flags);

/** The characters of a list that a pattern of one character takes. */
export function takenBy({ root }: ParsedPattern, codes: readonly number[]): readonly number[] {
  if (root.type !== 'char') throw new TypeError(`not one character: ${root.type}`);
  return codes.filter((code) => charSetHas(root.set, code));
}
