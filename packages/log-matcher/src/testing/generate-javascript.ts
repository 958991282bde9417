import fc from 'fast-check';

/** A pattern as a tree, so that references can be given to groups that exist once the text is written. */
type Tree =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'row' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'group' | 'wrapped'; readonly open: string; readonly body: Tree }
  | { readonly kind: 'repeat'; readonly body: Tree; readonly count: string }
  | { readonly kind: 'reference'; readonly pick: number; readonly named: boolean };

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

const { tree } = fc.letrec<{ tree: Tree }>((tie) => {
  const part = tie('tree');
  const atom = fc.constantFrom(...atoms).map((text): Tree => ({ kind: 'atom', text }));
  const row = fc.array(part, { minLength: 2, maxLength: 3 }).map((parts): Tree => ({ kind: 'row', parts }));
  const choice = fc.array(part, { minLength: 2, maxLength: 3 }).map((parts): Tree => ({ kind: 'choice', parts }));
  const group = fc
    .tuple(fc.constantFrom('(', '(', '(?<n>'), part)
    .map(([open, body]): Tree => ({ kind: 'group', open, body }));
  const wrapped = fc
    .tuple(fc.constantFrom('(?:', '(?=', '(?!'), part)
    .map(([open, body]): Tree => ({ kind: 'wrapped', open, body }));
  const repeat = fc
    .tuple(part, fc.constantFrom(...counts))
    .map(([body, count]): Tree => ({ kind: 'repeat', body, count }));
  const reference = fc
    .tuple(fc.nat(9), fc.boolean())
    .map(([pick, named]): Tree => ({ kind: 'reference', pick, named }));
  return {
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'large' },
      { arbitrary: atom, weight: 4 },
      { arbitrary: row, weight: 5 },
      { arbitrary: choice, weight: 2 },
      { arbitrary: group, weight: 3 },
      { arbitrary: repeat, weight: 3 },
      { arbitrary: wrapped, weight: 1 },
      { arbitrary: reference, weight: 1 },
    ),
  };
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
        return node.text;
      case 'row':
        return node.parts.map(part).join('');
      case 'choice':
        return `(?:${node.parts.map(part).join('|')})`;
      case 'wrapped':
        return `${node.open}${part(node.body)})`;
      case 'repeat':
        return `(?:${part(node.body)})${node.count}`;
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
    }
  };
  return part(root);
}

/** JavaScript patterns that the flag `u` accepts. */
export const javaScriptPatterns: fc.Arbitrary<string> = tree.map(write);

/** Flags that `RegExp` and our options both have. */
export const javaScriptFlags: fc.Arbitrary<string> = fc.constantFrom('', '', '', 'i', 'm', 's', 'im');
