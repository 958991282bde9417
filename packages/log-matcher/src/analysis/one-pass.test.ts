import fc from 'fast-check';
import { charSetHas } from '../chars/char-set.ts';
import type { Node } from '../python-regex/ast.ts';
import { parsePattern } from '../python-regex/parse.ts';
import { asciiSubjects, patterns, unicodeSubjects } from '../testing/generate-patterns.ts';
import { isOnePass } from './one-pass.ts';

const onePass = (source: string): boolean => isOnePass(parsePattern(source).root);

/** Ways that are followed before a subject is given up. */
const maxWays = 20_000;

/**
 * Follows every way through a pattern and counts how often each character of the subject is taken. Assertions hold.
 */
function timesTaken(root: Node, chars: readonly number[]): readonly number[] | undefined {
  const taken = chars.map(() => 0);
  let ways = 0;
  const follow = (node: Node, at: number, behind: (at: number) => void): void => {
    ways += 1;
    if (ways > maxWays) return;
    switch (node.type) {
      case 'char':
        if (at < chars.length && charSetHas(node.set, chars[at] as number)) {
          (taken[at] as number) += 1;
          behind(at + 1);
        }
        return;
      case 'sequence': {
        const row = (index: number, from: number): void => {
          const item = node.items[index];
          if (item === undefined) behind(from);
          else follow(item, from, (next) => row(index + 1, next));
        };
        row(0, at);
        return;
      }
      case 'choice':
        for (const branch of node.branches) follow(branch, at, behind);
        return;
      case 'repeat': {
        const loop = (count: number, from: number): void => {
          if (count >= node.min) behind(from);
          if (count < node.max)
            follow(node.body, from, (next) => (next > from || count < node.min) && loop(count + 1, next));
        };
        loop(0, at);
        return;
      }
      case 'group':
      case 'atomic':
        follow(node.body, at, behind);
        return;
      default:
        behind(at);
    }
  };
  follow(root, 0, () => {});
  return ways > maxWays ? undefined : taken;
}

describe('isOnePass', () => {
  test.each([
    'abc',
    '\\[\\d+\\] "[^"]*"',
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '(GET|POST|HEAD) (\\S+)\\s',
    'a*b',
    '(?:a|b)*c',
    '\\w+\\s\\d+(?:,\\d+){0,5}$',
    '\\d+\\W',
    '(?:a?b)+c',
    '[^\\s]+\\s+\\S*',
    '(?=x)a(?<!y)b\\b',
    '(?a)\\w+é',
    'é*[ü-ÿ]',
    'a{0,300}b',
  ])('%s is', (source) => {
    expect(onePass(source)).toBe(true);
  });

  test.each([
    'a*a',
    '.*x',
    '(?:a|ab)c',
    '(?:a?)*',
    '(?:a*)*',
    '(?:|(?:))a',
    '(a)\\1',
    '(?=(a))b',
    '\\w+\\d',
    '[^a]+é',
    '\\w*é',
    '\\d*٣',
    'a{1,2}a',
    'a{0,65535}b',
  ])('%s is not', (source) => {
    expect(onePass(source)).toBe(false);
  });

  test.each([
    ['ASCII', asciiSubjects, 1],
    ['Unicode', unicodeSubjects, 2],
  ])('has one thread at most after each character of %s subjects', (_, subjects, seed) => {
    let seen = 0;
    const rows = fc.tuple(patterns, fc.array(subjects, { minLength: 5, maxLength: 5 }));
    for (const [source, texts] of fc.sample(rows, { numRuns: 4000, seed })) {
      const { root } = parsePattern(source);
      if (!isOnePass(root)) continue;
      for (const text of texts) {
        const chars = Array.from(text, (char) => char.codePointAt(0) as number);
        const taken = timesTaken(root, chars);
        if (taken === undefined) continue;
        if (taken[0] === 1) seen += 1;
        expect({ source, text, most: Math.max(...taken) <= 1 }).toEqual({ source, text, most: true });
      }
    }
    expect(seen).toBeGreaterThan(200);
  });
});
