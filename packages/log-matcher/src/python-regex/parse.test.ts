import fc from 'fast-check';
import { LogMatcherError } from '../log-matcher-error.ts';
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
    ['foo\\q', 4, 'bad escape \\q', 'write q for the letter itself, or \\\\ for a backslash'],
    ['foo\\', 4, 'bad escape at the end of the pattern', 'write \\\\ for a backslash'],
    ['(?P<a-b>x)', 5, 'bad character in group name "a-b"', 'use letters, digits and _, no digit first'],
    ['(a)(?P=b)', 8, 'unknown group name "b"', 'name a group before it: (?P<b>…)'],
    ['(a)\\2', 4, 'invalid group reference 2', 'refer to a group up to 1'],
    ['(?<=a+)b', 1, 'look-behind requires a fixed width', 'give all its branches one length, without * + ? or {n,m}'],
    ['(?<name>a)', 1, 'unknown extension (?<n', 'write (?P<name>…) for a named group'],
    ['a(?i)b', 2, 'global flags not at the start of the pattern', 'write (?i:…) around what they mean'],
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

  test('throws nothing but its own error', () => {
    const token = fc.constantFrom(...'()[]{}*+?|\\^$.:=!<>PiLmsxau#-&~,0189azé\u{1f600}\ud800\n ');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        try {
          parsePattern(tokens.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(LogMatcherError);
        }
      }),
      { numRuns: 5000 },
    );
  });

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
});
