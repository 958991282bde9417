import { LogMatcherError } from '../log-matcher-error.ts';
import { childrenOf, type LookNode, type Node } from '../python-regex/ast.ts';
import { regexpOf } from '../testing/regexp-of.ts';
import { parseJavaScriptPattern } from './parse.ts';

function errorOf(source: string): LogMatcherError {
  try {
    parseJavaScriptPattern(source, { pattern: 3 });
  } catch (error) {
    if (error instanceof LogMatcherError) return error;
    throw error;
  }
  throw new Error(`${source} was not refused`);
}

const nodesOf = (node: Node): readonly Node[] => [node, ...childrenOf(node).flatMap(nodesOf)];
const nodes = (source: string): readonly Node[] => nodesOf(parseJavaScriptPattern(source).root);
const looks = (source: string): readonly LookNode[] => nodes(source).filter((node) => node.type === 'look');

const exec = (source: string, text: string): readonly unknown[] | undefined => {
  const match = regexpOf(parseJavaScriptPattern(source), 'du').exec(text);
  return match === null ? undefined : [...match];
};

describe('parseJavaScriptPattern', () => {
  test.each([
    ['user (\\w+', 6, 'missing ")", unterminated group', 'close the group with ")", or write \\( for a parenthesis'],
    ['a)b', 2, 'unbalanced parenthesis', 'write \\) for a parenthesis'],
    ['[z-a]', 2, 'bad character range z-a', 'write the lower character first'],
    ['x[\\d-z]', 3, 'bad character range \\d-z', 'write \\- for a hyphen'],
    ['x[', 2, 'unterminated character class', 'close it with "]", or write \\[ for a bracket'],
    ['ab**', 4, 'nothing to repeat', 'write a backslash before the quantifier for the character itself'],
    ['a$*', 3, 'nothing to repeat: an assertion takes no quantifier', 'put it into (?:…)'],
    ['(?=a)+', 6, 'nothing to repeat: an assertion takes no quantifier', 'put it into (?:…)'],
    ['a{3,1}', 2, 'a repetition with its minimum above its maximum', 'write the lower number first'],
    ['foo\\q', 4, 'bad escape \\q', 'write q for the character itself, or \\\\ for a backslash'],
    ['foo\\Z', 4, 'bad escape \\Z', 'write $ without the flag m for the end of the text'],
    ['(a)\\2', 4, 'invalid group reference 2', 'refer to a group up to 1'],
    ['\\1', 1, 'invalid group reference 1', 'write (…) around what it shall refer to'],
    ['a\\k<n>', 5, 'unknown group name "n"', 'name a group: (?<n>…)'],
    ['(?<n>a)(?<n>b)', 11, 'the group name "n" stands twice', 'give one of the groups another name'],
    ['(?P<n>a)', 1, 'unknown group (?P', 'write (?<name>…) or \\k<name>'],
    ['\\p{Foo}', 1, 'unknown property "Foo"', 'write \\p{L}, \\p{Script=Greek} and the like'],
    ['a(?i)b', 4, 'modifiers without a part that they apply to', 'write (?i:…), or use the flag'],
    ['(?i-i:a)', 5, 'the modifier "i" stands twice', 'keep one'],
    ['\\01', 1, 'octal escape', 'write \\xXX'],
  ])('refuses %s at column %d', (source, column, fault, cure) => {
    expect(errorOf(source)).toMatchObject({ code: 'ERR_LOG_MATCHER_SYNTAX', pattern: 3, column, cure });
    expect(errorOf(source).message).toBe(`pattern 3, column ${column}: ${fault}; ${cure}`);
  });

  test.each([
    ['x(?<=a*)b', 2, 'look-behind of unbounded length', 'bound its repetitions: {0,9} instead of *'],
    ['(?<=(a)|bc)d', 1, 'look-behind of more than one length with a group inside', undefined],
    ['(a)(?<=\\1)d', 4, 'back-reference inside a look-behind', 'write out what it refers to'],
    ['(?<=(?:[ab]{1,90}){2})d', 1, 'look-behind of too many lengths', 'bound its repetitions more narrowly'],
  ])('says that %s is not supported', (source, column, fault, cure) => {
    const error = errorOf(source);
    expect(error).toMatchObject({ code: 'ERR_LOG_MATCHER_UNSUPPORTED', column });
    expect(error.message).toContain(fault);
    if (cure !== undefined) expect(error.cure).toBe(cure);
  });

  test.each([
    ['a\\-b\\"\\ c', 'a-b" c'],
    ['{"a":[1]}', undefined],
    ['x{,3}]}', 'x{,3}]}'],
    ['{', '{'],
  ])('reads %s as without the flag u', (source, text) => {
    if (text === undefined) expect(() => parseJavaScriptPattern(source)).not.toThrow();
    else expect(exec(`^${source}$`, text)).toEqual([text]);
  });

  test('lets a group that is open or still to come match nothing', () => {
    for (const source of ['\\1(a)', '(a\\1)', '\\k<n>(?<n>a)', '(?:\\1(a))+']) {
      expect(nodes(source).some(({ type }) => type === 'back-reference')).toBe(false);
    }
    expect(nodes('(a)\\1').filter(({ type }) => type === 'back-reference')).toHaveLength(1);
  });

  test('lets groups of different branches have one name, and refers to whichever took part', () => {
    const source = '(?:(?<q>")|(?<q>\'))x\\k<q>';
    expect(parseJavaScriptPattern(source).groupNames.get('q')).toEqual([1, 2]);
    expect(exec(source, '"x"')).toEqual(['"x"', '"', undefined]);
    expect(exec(source, "'x'")).toEqual(["'x'", undefined, "'"]);
    expect(exec(`^${source}$`, '"x\'')).toBeUndefined();
    expect(() => parseJavaScriptPattern('(?<q>a|(?<q>b))')).toThrow('stands twice');
  });

  test('reads modifiers', () => {
    expect(exec('a(?i:b)c', 'aBc')).toEqual(['aBc']);
    expect(exec('a(?i:b)c', 'ABc')).toBeUndefined();
    const { root } = parseJavaScriptPattern('a(?-i:b)', { ignoreCase: true });
    expect(childrenOf(root).map((node) => node.type === 'char' && node.set.ranges.length)).toEqual([2, 1]);
    expect(nodes('(?s:.)')).toMatchObject([{ set: { negated: true, ranges: [] } }]);
    expect(exec('x(?m:$)', 'x\ny')).toEqual(['x']);
  });

  test('makes a look-behind of several lengths one for each', () => {
    expect(looks('(?<=a|bc|d)x').map(({ width, negated }) => [width, negated])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(looks('(?<!a{0,2}b)x').map(({ width, negated }) => [width, negated])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    expect(looks('(?<!(a)|bc)x')).toHaveLength(2);
  });

  test('keeps the groups of the first iteration of a loop in a look-behind, as JavaScript goes from right to left', () => {
    expect(exec('(?<=([ab]){2})c', 'abc')).toEqual(['c', 'a']);
    const [look] = looks('(?<=(?:(a)|b){3})c') as [LookNode];
    expect(look.body).toMatchObject({
      type: 'sequence',
      items: [{ type: 'choice' }, { type: 'repeat', min: 2, max: 2 }],
    });
  });

  test('gives every node the span of its text', () => {
    const source = 'x(?:ab|c)+?(?<n>\\d{2,}) \\k<n>[^\\]]';
    const { root } = parseJavaScriptPattern(source);
    expect(nodesOf(root).map((node) => `${node.type} ${source.slice(node.start, node.end)}`)).toEqual([
      `sequence ${source}`,
      'char x',
      'repeat (?:ab|c)+?',
      'choice ab|c',
      'sequence ab',
      'char a',
      'char b',
      'char c',
      'group (?<n>\\d{2,})',
      'repeat \\d{2,}',
      'char \\d',
      'char  ',
      'back-reference \\k<n>',
      'char [^\\]]',
    ]);
  });

  test('says by whose rules it matches', () => {
    expect(parseJavaScriptPattern('(?<a>b)')).toMatchObject({ semantics: 'javascript', groupCount: 1 });
  });

  test('bounds how deep groups go, and takes long patterns', () => {
    expect(errorOf(`${'('.repeat(100_000)}`).message).toContain('more than 200 groups inside each other');
    expect(() => parseJavaScriptPattern('a|'.repeat(200_000))).not.toThrow();
    expect(() => parseJavaScriptPattern(`[${'a-zé\\d'.repeat(50_000)}]`, { ignoreCase: true })).not.toThrow();
    expect(() => parseJavaScriptPattern('(?:a{65535}){65535}')).not.toThrow();
    expect(errorOf(`(?<=${'[ab]?'.repeat(60)})c`).message).toContain('too many lengths');
  });
});
