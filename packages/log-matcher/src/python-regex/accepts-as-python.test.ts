import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { LogMatcherError } from '../log-matcher-error.ts';
import { askWhatPythonAccepts, python } from '../testing/python-re.ts';
import { parsePattern } from './parse.ts';

const tokens: readonly string[] = [
  ...['(', '(', ')', ')', ')', '[', ']', '[^', '{', '}', '{2', '{1,3}', '{,2}', '{2,}', '{,}', '{0}', '{3,1}'],
  ...['{65535}', '{4294967295}', '*', '+', '?', '*?', '++', '{1}?', '{2}+', '|', '\\', '^', '$', '.'],
  ...['(?P<n>', '(?P<m>', '(?P=n)', '(?P=m)', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?>', '(?(1)', '(?(n)', '(?(02)'],
  ...['(?i)', '(?x)', '(?i:', '(?-i:', '(?x:', '(?-x:', '(?a', '(?u)', '(?L)', '(?s-i:', '(?ms)', '(?-', '(?au:'],
  ...['(?#', '(?#x)', '#', ' ', '\n', '\\d', '\\D', '\\b', '\\B', '\\A', '\\Z', '\\x4', '\\x41', '\\12', '\\400'],
  ...['\\07', '\\0', '\\1', '\\2', '\\q', '\\u00e9', '\\U0001F600', '\\U00110000', '\\]', '\\-', '\\_', '\\é'],
  ...['a', '-', '1', 'é', '😀', '\ud800', ',', ':', '(?P', '(?', '=', '!', '<', '>', 'n', '[[', '&&', 'a-z', 'z-a'],
  ...['\\w-a', 'é-😀', '\0'],
];

/** Patterns as they are written for logs, to be damaged. */
const real: readonly string[] = [
  '^(?:error: PAM: )?[aA]uthentication (?:failure|error) for .* from (?P<ip4>(?:\\d{1,3}\\.){3}\\d{1,3})( via \\S+)?\\s*$',
  '(?i)^\\s*(?P<q>["\'])(?:(?!(?P=q)).)*?(?P=q)(?: user=<(?P<user>[^>]*)>)?(?(user) ok|\\b failed)$',
  '(?x) ^ \\[ (?P<pid> \\d+ ) \\] # the process\n (?<!\\w)(?:warn|error)(?=:)\\s*+',
  '(?:::f{4,6}:)?(?P<ip6>(?:[0-9a-fA-F]{1,4}::?|::){1,7}(?:[0-9a-fA-F]{1,4}|:)|(?P<dns>[\\w\\-.^_]*\\w))',
  '^<\\d+>(?s:.)(?im:^x$)[]\\-^[]+?[^]\\\\\\d]{2,}\\101\\x41\\u00e9(a)(b)\\2(?#note)(?>c|cd)e?+',
];

const token = fc.constantFrom(...tokens);
const soup = fc.array(token, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
const part = fc.record({ from: fc.nat(150), drop: fc.nat(4), put: fc.oneof(fc.constant(''), token) });
const damaged = fc
  .tuple(fc.constantFrom(...real), fc.array(part, { minLength: 1, maxLength: 3 }))
  .map(([source, parts]) =>
    parts.reduce((text, { from, drop, put }) => text.slice(0, from) + put + text.slice(from + drop), source),
  );

/** The error with which our parser refuses a text. */
function refusal(source: string): LogMatcherError | undefined {
  try {
    parsePattern(source);
  } catch (error) {
    if (error instanceof LogMatcherError) return error;
    throw error;
  }
  return undefined;
}

describe('parsePattern on any text', () => {
  const text = fc.oneof(soup, damaged, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }));

  test('throws nothing but its own error, with a column inside the pattern and a cure', () => {
    fc.assert(
      fc.property(text, (source) => {
        const error = refusal(source);
        if (error === undefined) return;
        expect(error.column).toBeGreaterThan(0);
        expect(error.column).toBeLessThanOrEqual(source.length + 1);
        expect(error.message).toContain('; ');
      }),
      { numRuns: 5000 },
    );
  });
});

describeWith([python], "CPython's re and parsePattern", () => {
  test.each([
    ['soups of tokens', soup, 10_000],
    ['damaged patterns', damaged, 10_000],
  ])('accept the same: %s', (_, texts, numRuns) => {
    const sources = fc.sample(texts, { numRuns, seed: 1 });
    const python = askWhatPythonAccepts(sources);
    const differences: unknown[] = [];
    let accepted = 0;
    for (const [index, source] of sources.entries()) {
      const ours = refusal(source)?.message;
      const fault = python[index] ?? undefined;
      if (fault === undefined) accepted += 1;
      // The one thing that Python refuses and we take.
      if (fault?.startsWith('redefinition of group name')) continue;
      if ((ours === undefined) !== (fault === undefined)) differences.push({ source, ours, fault });
    }
    expect(differences).toEqual([]);
    expect(Math.min(accepted, numRuns - accepted)).toBeGreaterThan(numRuns / 20);
  });
});
