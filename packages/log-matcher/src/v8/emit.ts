import { type CharSet, wordChars } from '../chars/char-set.ts';
import type { AssertionNode, Node, RepeatNode } from '../python-regex/ast.ts';
import { asciiSetSource, unicodeSetSource } from './emit-set.ts';

type SetSource = (set: CharSet) => string;

/** Python finds no boundary in an empty subject, and no absence of one either. */
const notEmpty = '(?:(?=[^])|(?<=[^]))';

function assertionSource({ kind, ascii }: AssertionNode, setSource: SetSource): string {
  const word = setSource(wordChars(ascii));
  const ahead = `(?=${word})`;
  const notAhead = `(?!${word})`;
  const behind = `(?<=${word})`;
  const notBehind = `(?<!${word})`;
  switch (kind) {
    case 'text-start':
      return '^';
    case 'text-end':
      return '$';
    case 'end':
      return '(?=\\n?$)';
    case 'line-start':
      return '(?:^|(?<=\\n))';
    case 'line-end':
      return '(?:$|(?=\\n))';
    case 'boundary':
      return word === '\\w' ? '\\b' : `(?:${behind}${notAhead}|${notBehind}${ahead})`;
    case 'no-boundary':
      return word === '\\w' ? `\\B${notEmpty}` : `(?:${behind}${ahead}|${notBehind}${notAhead}${notEmpty})`;
  }
}

function repeatSource({ min, max, mode }: RepeatNode): string {
  const lazy = mode === 'lazy' ? '?' : '';
  if (min === 0 && max === 1) return `?${lazy}`;
  if (min === 0 && max === Number.POSITIVE_INFINITY) return `*${lazy}`;
  if (min === 1 && max === Number.POSITIVE_INFINITY) return `+${lazy}`;
  return `{${min}${max === min ? '' : `,${max === Number.POSITIVE_INFINITY ? '' : max}`}}${lazy}`;
}

/** A quantifier binds to one character or group; all else is wrapped. */
function atomSource(node: Node, setSource: SetSource): string {
  const source = nodeSource(node, setSource);
  return node.type === 'char' || node.type === 'group' ? source : `(?:${source})`;
}

function nodeSource(node: Node, setSource: SetSource): string {
  const inside = (child: Node): string => nodeSource(child, setSource);
  switch (node.type) {
    case 'char':
      return setSource(node.set);
    case 'sequence':
      return node.items.map((item) => (item.type === 'choice' ? `(?:${inside(item)})` : inside(item))).join('');
    case 'choice':
      return node.branches
        .map((branch) => (branch.type === 'choice' ? `(?:${inside(branch)})` : inside(branch)))
        .join('|');
    case 'group':
      return `(${inside(node.body)})`;
    case 'repeat':
      return `${atomSource(node.body, setSource)}${repeatSource(node)}`;
    case 'assertion':
      return assertionSource(node, setSource);
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negated ? '!' : '='}${inside(node.body)})`;
    case 'back-reference':
      return `(?:\\${node.group})`;
    case 'atomic':
    case 'conditional':
      throw new TypeError(`V8 has no ${node.type}`);
  }
}

/**
 * The pattern as a V8 source in which every group is numbered as in Python and none is named.
 *
 * @param subjects `ascii`: for subjects of ASCII characters alone, without flags; `unicode`: for any, under the flag `u`
 */
export function emitV8(root: Node, subjects: 'ascii' | 'unicode'): string {
  return nodeSource(root, subjects === 'ascii' ? asciiSetSource : unicodeSetSource);
}
