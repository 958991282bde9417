import { LogMatcherError } from '../log-matcher-error.ts';
import { childrenOf, type Node } from './ast.ts';
import { parsePattern } from './parse.ts';

function errorOf(source: string, pattern?: number): LogMatcherError {
  try {
    parsePattern(source, pattern === undefined ? {} : { pattern });
  } catch (error) {
    if (error instanceof LogMatcherError) return error;
    throw error;
  }
  throw new Error(`${source} was not refused`);
}

describe('parsePattern', () => {
  test.each([
    ['user (\\w+', 6, 'missing ")", unterminated group', 'close the group with ")", or write \\( for a parenthesis'],
    ['a)b', 2, 'unbalanced parenthesis', 'write \\) for a parenthesis'],
    ['x[a-', 2, 'unterminated character set', 'close it with "]", or write \\[ for a bracket'],
    ['[z-a]', 2, 'bad character range z-a', 'write the lower character first'],
    ['ab**', 4, 'multiple repeat', 'put the inner repetition into (?:…)'],
    ['^*', 2, 'nothing to repeat', 'write a backslash before the quantifier for the character itself'],
    ['foo\\q', 4, 'bad escape \\q', 'write q for the character itself, or \\\\ for a backslash'],
    ['\\d\\z', 3, 'bad escape \\z', 'write \\Z for the end of the text'],
    ['foo\\', 4, 'bad escape at the end of the pattern', 'write \\\\ for a backslash'],
    ['(?P<a-b>x)', 5, 'bad character in group name "a-b"', 'use letters, digits and _, no digit first'],
    ['(a)(?P=b)', 8, 'unknown group name "b"', 'name a group before it: (?P<b>…)'],
    ['(a)\\2', 4, 'invalid group reference 2', 'refer to a group up to 1'],
    ['(?<=a+)b', 1, 'look-behind requires a fixed width', 'give all its branches one length, without * + ? or {n,m}'],
    ['(?<name>a)', 1, 'unknown extension (?<n', 'write (?P<name>…) for a named group'],
    ['a(?i)b', 2, 'global flags not at the start of the pattern', 'write (?i:…) around what they mean'],
    [
      '(?i',
      4,
      'missing ")" or ":" after flags',
      'end them with ")" for the whole pattern, such as (?i), or write (?i:…) for a part',
    ],
    ['(?(0)a)', 4, 'bad group "0" in a conditional', 'write (?(1)…) or (?(name)…); groups count from 1'],
    ['(?<=a{4294967290}b{9})c', 1, 'look-behind looks too far behind', 'let it be of at most 4294967295 characters'],
    ['\\N{BULLET}', 1, 'characters by name are not supported', 'write \\uXXXX or the character itself'],
  ])('refuses %s at column %d', (source, column, fault, cure) => {
    const error = errorOf(source, 3);
    expect(error).toMatchObject({ pattern: 3, column, cure, value: source });
    expect(error.message).toBe(`pattern 3, column ${column}: ${fault}; ${cure}`);
  });

  test('tells what Python takes and this package does not from what Python refuses', () => {
    expect(errorOf('\\N{BULLET}').code).toBe('ERR_LOG_MATCHER_UNSUPPORTED');
    expect(errorOf('(').code).toBe('ERR_LOG_MATCHER_SYNTAX');
  });

  test('lets several groups have one name', () => {
    const { groupNames, groupCount } = parsePattern('(?P<ip>a)|(b)|(?P<ip>c)');
    expect([groupCount, groupNames.get('ip')]).toEqual([3, [1, 3]]);
  });

  test('gives every node the span of its text', () => {
    const source = 'x(?:ab|c)+?(?P<n>\\d{2,}) (?<!😀)(?(1)y|)$ (?:)[^]"]\\x41(?>z)(?P=n)';
    const spans: string[] = [];
    const collect = (node: Node): void => {
      spans.push(`${node.type} ${source.slice(node.start, node.end)}`);
      for (const child of childrenOf(node)) collect(child);
    };
    const { root } = parsePattern(source);
    for (const child of childrenOf(root)) collect(child);
    expect(source.slice(root.start, root.end)).toBe(source);
    expect(spans).toEqual([
      'char x',
      'repeat (?:ab|c)+?',
      'choice ab|c',
      'sequence ab',
      'char a',
      'char b',
      'char c',
      'group (?P<n>\\d{2,})',
      'sequence \\d{2,}',
      'repeat \\d{2,}',
      'char \\d',
      'char  ',
      'look (?<!😀)',
      'char 😀',
      'conditional (?(1)y|)',
      'char y',
      'sequence ',
      'assertion $',
      'char  ',
      'sequence ',
      'char [^]"]',
      'char \\x41',
      'atomic (?>z)',
      'char z',
      'back-reference (?P=n)',
    ]);
  });

  test('finds the item that a quantifier belongs to behind comments and white space', () => {
    const source = '(?x)a b (?#note) + # and\n*?';
    expect(() => parsePattern(source)).toThrow('multiple repeat');
    const { root } = parsePattern('(?x)a b (?#note) +');
    const [, loop] = childrenOf(root) as [Node, Node];
    expect([loop.type, loop.start, loop.end]).toEqual(['repeat', 6, 18]);
  });

  test.each(['a', 'Straße k', '[a-z0-9é]+(?-i:x)', '[^k]\\w(?a:s)', '(x)\\1'])(
    'parses %s ignoring case as if (?i) stood in front',
    (source) => {
      const shift = (node: Node): Node =>
        JSON.parse(JSON.stringify(node, (key, value) => (key === 'start' || key === 'end' ? value - 4 : value)));
      const flagged = shift(parsePattern(`(?i)${source}`).root);
      const { root } = parsePattern(source, { ignoreCase: true });
      expect(JSON.parse(JSON.stringify({ ...root, start: 0 }))).toEqual({ ...flagged, start: 0 });
    },
  );

  test.each([
    ['groups', '(', ')'],
    ['look-aheads', '(?=', ')'],
    ['conditionals', '(?(1)', ')'],
  ])('bounds how deep %s go', (_, open, close) => {
    expect(errorOf(`()${open.repeat(100_000)}${close.repeat(100_000)}`).message).toContain(
      'more than 200 groups inside each other',
    );
    expect(() => parsePattern(`()${open.repeat(200)}a${close.repeat(200)}`)).not.toThrow();
  });

  test('takes long rows, wide sets, many groups and long chains of references', () => {
    expect(() => parsePattern('a'.repeat(200_000))).not.toThrow();
    expect(() => parsePattern('a|'.repeat(200_000))).not.toThrow();
    expect(() => parsePattern(`(?i)[${'a-zé\\d'.repeat(50_000)}]`)).not.toThrow();
    expect(() => parsePattern('(?P<n>)'.repeat(50_000))).not.toThrow();
    expect(() => parsePattern('(?:a{65535}){65535}')).not.toThrow();
    const chain = Array.from({ length: 20_000 }, (_, i) => `(?P<n${i + 1}>(?P=n${i})(?P=n${i}))`).join('');
    expect(() => parsePattern(`(?P<n0>a)${chain}`)).not.toThrow();
  });

  test('shows only the beginning of a long name', () => {
    expect(errorOf(`(?P<${'n'.repeat(10_000)}!>a)`).message.length).toBeLessThan(200);
  });
});
