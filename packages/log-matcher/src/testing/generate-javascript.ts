import fc from 'fast-check';
import { type PatternTree, patternTrees, writePlain } from './pattern-tree.ts';

interface Reference {
  readonly kind: 'reference';
  readonly pick: number;
  readonly named: boolean;
}

type Tree = PatternTree<Reference>;

const atoms = [
  ...['a', 'b', 'c', 'ab', 'A', '1', '-', ' ', '_', 'é', '😀', 'k', 's'],
  ...['.', '\\w', '\\W', '\\d', '\\D', '\\s', '\\S', '\\n', '\\x61', '\\u0061', '\\u{1f600}', '\\ud83d\\ude00', '\\cJ'],
  ...['\\.', '\\/', '(?:\\0)', '\\p{L}', '\\P{Lu}', '[\\p{Nd}_]', '[^\\P{L}]', '[]', '[^]'],
  ...[
    '[ab]',
    '[^a]',
    '[a-c]',
    '[\\w-]',
    '[\\W1]',
    '[^\\Wa]',
    '[\\s\\d]',
    '[^\\S ]',
    '[é-ü]',
    '[.]',
    '[\\b-]',
    '[\\]^]',
  ],
  ...['^', '$', '\\b', '\\B', '(?=a)', '(?!b)', '(?<=a)', '(?<!b)', '(?<=ab|c)', '(?<![ab]{1,2}c)', '(?<=(a)b)'],
  ...['(?:)', '()', '(?<=^a?)', '(?<=([ab]){2})', '(?<!(?:a|bc)\\b)', '(?<=\\d|(?=b))'],
];
const counts = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}', '{0}', '{2,}', '{1,2}?', '{2,}?'];

const trees = patternTrees<Reference>({
  atoms,
  groups: ['(', '(', '(?<n>'],
  wrappings: ['(?:', '(?=', '(?!'],
  counts,
  own: () => [
    fc.tuple(fc.nat(9), fc.boolean()).map(([pick, named]): Reference => ({ kind: 'reference', pick, named })),
  ],
});

const groupsIn = (node: Tree): number => {
  switch (node.kind) {
    case 'atom':
      return /\((?!\?)/.test(node.text) ? 1 : 0;
    case 'reference':
      return 0;
    case 'row':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + groupsIn(part), 0);
    case 'group':
      return 1 + groupsIn(node.body);
    case 'wrapped':
    case 'repeat':
      return groupsIn(node.body);
  }
};

function write(root: Tree): string {
  const total = groupsIn(root);
  const named: number[] = [];
  let opened = 0;
  const part = (node: Tree): string => {
    switch (node.kind) {
      case 'atom':
        opened += groupsIn(node);
        return writePlain(node, part);
      case 'group': {
        opened += 1;
        if (node.open === '(') return `(${part(node.body)})`;
        named.push(opened);
        return `(?<n${opened}>${part(node.body)})`;
      }
      case 'reference': {
        // Also to groups that are open or yet to come.
        if (total === 0) return 'a';
        const name = named[node.pick % Math.max(1, named.length)];
        return node.named && name !== undefined ? `\\k<n${name}>` : `(?:\\${1 + (node.pick % total)})`;
      }
      default:
        return writePlain(node, part);
    }
  };
  return part(root);
}

/** JavaScript patterns that the flag `u` accepts. */
export const javaScriptPatterns: fc.Arbitrary<string> = trees.map(write);

/** Flags that `RegExp` and our options both have. */
export const javaScriptFlags: fc.Arbitrary<string> = fc.constantFrom('', '', '', 'i', 'm', 's', 'im');
