import fc from 'fast-check';
import { LogMatcherError } from '../log-matcher-error.ts';
import { javaScriptFlags, javaScriptPatterns } from '../testing/generate-javascript.ts';
import { asciiSubjects, unicodeSubjects } from '../testing/generate-patterns.ts';
import { regexpOf, takenBy } from '../testing/regexp-of.ts';
import { parseJavaScriptPattern } from './parse.ts';

const optionsOf = (flags: string): { ignoreCase: boolean; multiline: boolean; dotAll: boolean } => ({
  ignoreCase: flags.includes('i'),
  multiline: flags.includes('m'),
  dotAll: flags.includes('s'),
});

type Outcome = 'accepted' | 'unsupported' | 'refused';

function ours(source: string, flags = ''): Outcome {
  try {
    parseJavaScriptPattern(source, optionsOf(flags));
    return 'accepted';
  } catch (error) {
    if (!(error instanceof LogMatcherError)) throw error;
    return error.code === 'ERR_LOG_MATCHER_UNSUPPORTED' ? 'unsupported' : 'refused';
  }
}

function isAcceptedByV8(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

/** Characters with case, ASCII, and what classes differ on. */
const chars: readonly number[] = Array.from({ length: 0x20000 }, (_, code) => code).filter(
  (code) =>
    code < 0x100 ||
    /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}\s\u1c80-\u1c88]/u.test(String.fromCodePoint(code)),
);

const numRuns = 2500;

describe('parseJavaScriptPattern and V8', () => {
  const classes = [
    ...['.', '\\d', '\\D', '\\s', '\\S', '\\w', '\\W', '[]', '[^]', '[\\w\\s]', '[^\\w\\s]', '[\\W\\d]', '[^\\W]'],
    ...[
      '[a-z]',
      '[^a-z]',
      '[k]',
      '[^k]',
      's',
      'k',
      'ß',
      '\\u017f',
      '[\\u0370-\\u03ff]',
      '[^\\u0370-\\u03ff]',
      'ı',
      'İ',
    ],
    ...['\\p{L}', '\\P{L}', '\\p{Lu}', '\\P{Lu}', '[^\\P{Lu}]', '[\\p{Ll}\\d]', '\\p{Script=Greek}', '\\p{ASCII}'],
    ...[
      '[\\u{10400}-\\u{10410}]',
      '[\\x00-\\uffff]',
      '\\cJ',
      '[\\b]',
      '\\0',
      '[\\cA-\\cZ]',
      '\\u{1f600}',
      '[\\ud83d\\ude00]',
    ],
  ];

  test.each(['', 'i', 's', 'is'])('take the same characters under "%s"', (flags) => {
    for (const source of classes) {
      const regexp = new RegExp(`^(?:${source})$`, `u${flags}`);
      const expected = chars.filter((code) => regexp.test(String.fromCodePoint(code)));
      expect({ source, taken: takenBy(parseJavaScriptPattern(source, optionsOf(flags)), chars) }).toEqual({
        source,
        taken: expected,
      });
    }
  });

  test.each(['L', 'Nd', 'Emoji', 'Script=Han', 'Cs', 'Any', 'Cn', 'Noncharacter_Code_Point'])(
    'have the same members of \\p{%s}',
    (property) => {
      const regexp = new RegExp(`^\\p{${property}}$`, 'u');
      const some = Array.from({ length: 0x110000 / 7 }, (_, index) => index * 7);
      const edges = [0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfffe, 0xffff, 0x10000, 0x10fffe, 0x10ffff];
      const codes = [...some, ...edges];
      const expected = codes.filter((code) => regexp.test(String.fromCodePoint(code)));
      expect(takenBy(parseJavaScriptPattern(`\\p{${property}}`), codes)).toEqual(expected);
    },
  );

  test.each([
    ['ASCII', asciiSubjects, 1],
    ['Unicode', unicodeSubjects, 2],
  ])('mean the same by generated patterns over %s subjects', (_, subjects, seed) => {
    const rows = fc.tuple(javaScriptPatterns, javaScriptFlags, fc.array(subjects, { minLength: 4, maxLength: 4 }));
    const found = { compared: 0, matched: 0, unsupported: 0 };
    const differences: unknown[] = [];
    for (const [source, flags, texts] of fc.sample(rows, { numRuns, seed })) {
      const theirs = new RegExp(source, `du${flags}`);
      if (ours(source, flags) === 'unsupported') {
        found.unsupported += 1;
        continue;
      }
      const again = regexpOf(parseJavaScriptPattern(source, optionsOf(flags)), flags.includes('i') ? 'diu' : 'du');
      for (const text of texts) {
        const expected = JSON.stringify(theirs.exec(text)?.indices);
        const indices = JSON.stringify(again.exec(text)?.indices);
        if (expected !== undefined) found.matched += 1;
        found.compared += 1;
        if (indices !== expected) differences.push({ source, flags, text, indices, expected });
      }
    }
    expect(differences).toEqual([]);
    expect(found.matched).toBeGreaterThan(found.compared / 4);
    expect(found.unsupported).toBeLessThan(numRuns / 10);
  });
});

describe('parseJavaScriptPattern accepts', () => {
  const common = [
    ...[
      '(',
      '(',
      ')',
      ')',
      ')',
      '[',
      ']',
      '[^',
      '{2}',
      '{1,3}',
      '{2,}',
      '{3,1}',
      '{0}',
      '*',
      '+',
      '?',
      '*?',
      '|',
      '^',
      '$',
      '.',
    ],
    ...['(?<n>', '(?<m>', '\\k<n>', '\\k<m>', '\\k', '(?:', '(?=', '(?!', '(?<=', '(?<!', '(?', '(?<', '>', '=', '!'],
    ...['\\d', '\\b', '\\B', '\\x4', '\\x41', '\\u0041', '\\u{41}', '\\u{', '\\ud83d', '\\ude00', '\\cA', '\\c', '\\0'],
    ...[
      '\\1',
      '\\2',
      '\\q',
      '\\A',
      '\\p{L}',
      '\\p{Foo}',
      '\\p',
      '\\/',
      '\\^',
      'a',
      '-',
      '1',
      'é',
      '😀',
      ',',
      'a-z',
      'z-a',
    ],
  ];
  /** What the flag `u` refuses and we take, so that only some of it can be compared. */
  const lenient = ['{', '}', '\\-', '\\"', '\\ ', '\\é', '{,2}', '{2'];
  const soup = (tokens: readonly string[]): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

  test('what V8 accepts with the flag u, save what it says is unsupported', () => {
    let [accepted, unsupported] = [0, 0];
    for (const source of fc.sample(soup(common), { numRuns: 30_000, seed: 3 })) {
      if (!isAcceptedByV8(source, 'u')) continue;
      accepted += 1;
      const outcome = ours(source);
      if (outcome === 'unsupported') unsupported += 1;
      expect({ source, outcome }).not.toEqual({ source, outcome: 'refused' });
    }
    expect(accepted).toBeGreaterThan(3000);
    expect(unsupported).toBeLessThan(accepted / 10);
  });

  test('nothing that V8 refuses with and without that flag', () => {
    let refused = 0;
    // Without the flag a code point's braces are a quantifier.
    const tokens = [...common, ...lenient].filter((token) => !token.startsWith('\\u{'));
    for (const source of fc.sample(soup(tokens), { numRuns: 30_000, seed: 4 })) {
      if (isAcceptedByV8(source, 'u') || isAcceptedByV8(source, '')) continue;
      // Names that stand twice, in different branches, are accepted by newer engines.
      if (/\(\?<([nm])>.*\(\?<\1>/.test(source)) continue;
      refused += 1;
      expect({ source, outcome: ours(source) }).not.toEqual({ source, outcome: 'accepted' });
    }
    expect(refused).toBeGreaterThan(3000);
  });

  test('nothing that the flag u refuses, where nothing lenient is in it', () => {
    let refused = 0;
    for (const source of fc.sample(soup(common), { numRuns: 30_000, seed: 5 })) {
      // Braces and brackets alone stand for themselves, and a name may stand twice in different branches.
      if (isAcceptedByV8(source, 'u') || /[\]{}]|\(\?<([nm])>.*\(\?<\1>/.test(source)) continue;
      refused += 1;
      expect({ source, outcome: ours(source) }).not.toEqual({ source, outcome: 'accepted' });
    }
    expect(refused).toBeGreaterThan(3000);
  });
});
