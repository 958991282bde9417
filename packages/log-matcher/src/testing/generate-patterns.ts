import fc from 'fast-check';

/** A pattern as a tree, so that references can be given to groups that exist once the text is written. */
type Tree =
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'row' | 'choice'; readonly parts: readonly Tree[] }
  | { readonly kind: 'group' | 'wrapped'; readonly open: string; readonly body: Tree }
  | { readonly kind: 'repeat'; readonly body: Tree; readonly count: string }
  | { readonly kind: 'reference'; readonly pick: number }
  | { readonly kind: 'conditional'; readonly pick: number; readonly yes: Tree; readonly no: Tree };

const plainAtoms = [
  ...['a', 'b', 'c', 'ab', 'A', '1', '-', ' ', '_', 'é', '😀'],
  ...['.', '\\w', '\\W', '\\d', '\\D', '\\s', '\\S', '\\n', '\\x61', '\\141', '\\.'],
  ...['[ab]', '[^a]', '[a-c]', '[]a]', '[^]a]', '[\\w-]', '[\\W1]', '[^\\Wa]', '[\\s\\d]', '[^\\S ]', '[é-ü]', '[.]'],
  ...['^', '$', '\\A', '\\Z', '\\b', '\\B', '(?=a)', '(?!b)', '(?<=a)', '(?<!b)', '(?<=ab)', '(?<![ab])'],
  ...['(?:)', '{', 'x{', 'a{1', '(?#a note)'],
];
// A group whose body takes more than one character is left out: CPython before 3.11.5 is wrong about `(?:ab)?+`.
const possessiveAtoms = ['a*+', '\\w++', '[ab]?+', '.{1,2}+'];
const casedAtoms = [
  '(?i:k)',
  '(?i:s)',
  '(?i:ß)',
  '(?i:[σ-ω])',
  '(?i:[^i])',
  '(?i:é)',
  '(?i:µ)',
  '(?i:ab)',
  '(?-i:a)',
  '(?s:.)',
  '(?m:^)',
  '(?m:$)',
];
const counts = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}', '{,2}', '{2,}', '{1,2}?', '{2,}?'];

const { tree } = fc.letrec<{ tree: Tree }>((tie) => {
  const part = tie('tree');
  const atom = fc
    .constantFrom(...plainAtoms, ...plainAtoms, ...possessiveAtoms, ...casedAtoms)
    .map((text): Tree => ({ kind: 'atom', text }));
  const row = fc.array(part, { minLength: 2, maxLength: 3 }).map((parts): Tree => ({ kind: 'row', parts }));
  const choice = fc.array(part, { minLength: 2, maxLength: 3 }).map((parts): Tree => ({ kind: 'choice', parts }));
  const group = fc
    .tuple(fc.constantFrom('(', '(', '(?P<n>'), part)
    .map(([open, body]): Tree => ({ kind: 'group', open, body }));
  const wrapped = fc
    .tuple(fc.constantFrom('(?:', '(?=', '(?!', '(?>'), part)
    .map(([open, body]): Tree => ({ kind: 'wrapped', open, body }));
  const repeat = fc
    .tuple(part, fc.constantFrom(...counts))
    .map(([body, count]): Tree => ({ kind: 'repeat', body, count }));
  const reference = fc.nat(9).map((pick): Tree => ({ kind: 'reference', pick }));
  const conditional = fc
    .tuple(fc.nat(9), part, part)
    .map(([pick, yes, no]): Tree => ({ kind: 'conditional', pick, yes, no }));
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
      { arbitrary: conditional, weight: 1 },
    ),
  };
});

class Writer {
  #opened = 0;
  readonly #closed: number[] = [];

  /** A group that is closed, or undefined while there is none. */
  #closedGroup(pick: number): number | undefined {
    return this.#closed.length === 0 ? undefined : this.#closed[pick % this.#closed.length];
  }

  write(node: Tree): string {
    switch (node.kind) {
      case 'atom':
        return node.text;
      case 'row':
        return node.parts.map((part) => this.write(part)).join('');
      case 'choice':
        return `(?:${node.parts.map((part) => this.write(part)).join('|')})`;
      case 'wrapped':
        return `${node.open}${this.write(node.body)})`;
      case 'repeat':
        return `(?:${this.write(node.body)})${node.count}`;
      case 'group': {
        this.#opened += 1;
        const number = this.#opened;
        // CPython refuses a name that is given twice.
        const open = node.open === '(?P<n>' ? `(?P<n${number}>` : node.open;
        const text = `${open}${this.write(node.body)})`;
        this.#closed.push(number);
        return text;
      }
      case 'reference': {
        const group = this.#closedGroup(node.pick);
        return group === undefined ? 'a' : `(?:\\${group})`;
      }
      case 'conditional': {
        const group = this.#closedGroup(node.pick);
        const [yes, no] = [this.write(node.yes), this.write(node.no)];
        return group === undefined ? `(?:${yes}|${no})` : `(?(${group})(?:${yes})|(?:${no}))`;
      }
    }
  }
}

/** Patterns of the whole dialect. */
export const patterns: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '', '', '(?i)', '(?s)', '(?m)', '(?a)', '(?im)'), tree)
  .map(([flags, node]) => `${flags}${new Writer().write(node)}`);

/** Never empty: what `\B` makes of an empty subject changed between CPython's versions. */
const textOf = (chars: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...chars), { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));

/** Subjects of ASCII characters alone. */
export const asciiSubjects: fc.Arbitrary<string> = textOf([...'aaabbbcA1- _\n']);

/** Subjects with characters on which engines differ. */
export const unicodeSubjects: fc.Arbitrary<string> = textOf([
  ...['a', 'b', 'c', 'A', 'B', '1', ' ', '_', '\n', '\r', 'é', 'É', 'ß', 'ſ', 's', 'k', '\u212a', '\u0130', 'ı', 'i'],
  ...['σ', 'ς', 'Σ', 'µ', 'μ', '😀', '٣', '\u0085', '\u2028', '\ufeff', '\u001c', '\u0000', '\ufffd'],
]);
