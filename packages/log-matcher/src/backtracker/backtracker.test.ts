import { parsePattern } from '../python-regex/parse.ts';
import { Backtracker } from './backtracker.ts';

const search = (source: string, text: string, maxSteps = 1_000_000): readonly [number, number] | string | undefined => {
  const found = new Backtracker(parsePattern(source), maxSteps).search(text);
  return found === undefined || found === 'gave up' ? found : [found.start, found.end];
};

/** Fewest steps, within a factor of 1.1, in which a search ends. */
function stepsFor(source: string, text: string): number {
  let steps = 100;
  while (search(source, text, steps) === 'gave up') steps = Math.ceil(steps * 1.1);
  return steps;
}

describe('the backtracker', () => {
  // What makes a backtracking engine exponential, cubic or quadratic.
  test.each([
    ['(a+)+$', 'a', 'b'],
    ['(a|a)*b', 'a', 'c'],
    ['(x+x+)+y', 'x', 'z'],
    ['(?:.*a){10}$', 'a', 'b'],
    ['.*.*.*x$', ' ', 'y'],
    ['\\s+foo', ' ', 'x'],
    ['(?:a?){20}a{20}b', 'a', 'c'],
    ['(\\w+\\s?)*!', 'ab ', '?'],
    ['(?=x)?(a+)+b', 'a', 'c'],
  ])('takes linear time for %s', (source, repeated, end) => {
    const short = stepsFor(source, repeated.repeat(200) + end);
    const long = stepsFor(source, repeated.repeat(800) + end);
    expect(long / short).toBeLessThan(6);
  });

  test.each(['(?:(a+)+b)?(?(1)c|d)$', '((a+)+)+\\1b'])('stays within its budget for %s, and says so', (source) => {
    expect(search(source, 'a'.repeat(200))).toBe('gave up');
  });

  test('gives up where the next step would be one too many', () => {
    const steps = stepsFor('a+b', 'a'.repeat(50));
    expect(search('a+b', 'a'.repeat(50), steps)).toBeUndefined();
    expect(search('a+b', 'a'.repeat(50), 10)).toBe('gave up');
  });

  test('starts no attempt where no match can begin', () => {
    expect(search('^(?:(a)|b)*c', `${'x'.repeat(1_000_000)}c`, 100)).toBeUndefined();
    expect(search('foo(?(1)a|b)()', `${'x'.repeat(1_000_000)}foob`, 100)).toEqual([1_000_000, 1_000_004]);
  });

  test('loops over a text longer than any stack', () => {
    expect(search('^(?:(a)|b)*c', `${'ab'.repeat(20_000)}c`)).toEqual([0, 40_001]);
  });

  test('counts loops that are too long to write out', () => {
    expect(search('^(?:(a)|b){1000}$', 'ab'.repeat(500))).toEqual([0, 1000]);
    expect(search('^(?:(a)|b){1000}$', 'ab'.repeat(499))).toBeUndefined();
    expect(search('^(?:(a)|b){2,900}?b$', 'ab'.repeat(400))).toEqual([0, 800]);
  });
});
