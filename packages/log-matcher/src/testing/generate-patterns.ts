import fc from 'fast-check';
import { type PatternTree, patternTrees, writePlain } from './pattern-tree.ts';

type Own =
  | { readonly kind: 'reference'; readonly pick: number }
  | { readonly kind: 'conditional'; readonly pick: number; readonly yes: Tree; readonly no: Tree };

type Tree = PatternTree<Own>;

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

const trees = patternTrees<Own>({
  atoms: [...plainAtoms, ...plainAtoms, ...possessiveAtoms, ...casedAtoms],
  groups: ['(', '(', '(?P<n>'],
  wrappings: ['(?:', '(?=', '(?!', '(?>'],
  counts,
  own: (part) => [
    fc.nat(9).map((pick): Own => ({ kind: 'reference', pick })),
    fc.tuple(fc.nat(9), part, part).map(([pick, yes, no]): Own => ({ kind: 'conditional', pick, yes, no })),
  ],
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
      default:
        return writePlain(node, (part) => this.write(part));
    }
  }
}

/** Patterns of the whole dialect. */
export const patterns: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '', '', '(?i)', '(?s)', '(?m)', '(?a)', '(?im)'), trees)
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
