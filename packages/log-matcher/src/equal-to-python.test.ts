import fc from 'fast-check';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { compareWithPython } from './testing/answers.ts';
import { asciiSubjects, patterns, unicodeSubjects } from './testing/generate-patterns.ts';
import { askPython, type PythonCase, python } from './testing/python-re.ts';

/** Patterns on which a translator or another engine goes wrong, each with subjects that show it. */
const handPicked: readonly (readonly [pattern: string, ...subjects: string[]])[] = [
  // Priorities.
  ['a|ab', 'ab'],
  ['(a|ab)(c|bcd)(d*)', 'abcd'],
  ['a*?b', 'aaab', 'b'],
  ['(a+?)(a*)', 'aaa'],
  ['(?:a|b)*?c', 'ababc'],
  ['x*', 'axb'],
  // Captures in loops: the last iteration in which a group took part.
  ['(?:(a)|b)*', 'ab', 'abb', 'ba'],
  ['(?:(a)|(b))*', 'ab', 'ba'],
  ['((a)|b)+', 'ab'],
  ['(?:(a)?b)*', 'abb'],
  ['(?:(?=(a)?)\\w)*', 'ab'],
  // Iterations that match nothing.
  ['(a*)*', 'b', 'aab'],
  ['(a*)+', 'b', 'aab'],
  ['(a*)?', 'b'],
  ['(a|b*)*c', 'abc', 'c'],
  ['(?:|a)*', 'aaa'],
  ['(|a)+', 'aaa'],
  ['(a?)*?$', 'aa'],
  ['(?:a??)*?b', 'aab'],
  ['(){3}', 'a'],
  ['(a?){3}', 'aa'],
  ['(?:(a)|b?){2,4}', 'ab'],
  // Back-references, also to groups that did not take part.
  ['(a)?\\1b', 'b', 'aab'],
  ['(?P<q>[\'"]).*?(?P=q)', 'x"a\'b"'],
  ['(?i)(a)\\1', 'aA'],
  ['(?:(a)|b\\1)*', 'ab', 'aba'],
  ['(\\w+) \\1', 'the the'],
  // Conditionals.
  ['(<)?a(?(1)>)', '<a>', '<a', 'a'],
  ['(?P<o>\\()?x(?(o)\\)|!)', '(x)', 'x!', 'x'],
  ['(?(1)a|b)(c)?', 'b'],
  ['(?:(a)|b)(?(1)c|d)', 'ac', 'bd', 'ad'],
  // Look-around.
  ['(?<=a)b', 'ab'],
  ['(?<!a)b', 'ab', 'cb', 'b'],
  ['(?<=ab|cd)e', 'abe', 'cde'],
  ['(?<=(a)(b))c', 'abc'],
  ['(?=(a+))a*b\\1', 'baaabac'],
  ['(?!(a)b)a', 'ac'],
  ['(?=a)*b', 'b'],
  ['(?<=^a)b', 'ab'],
  ['(?<=😀)a', '😀a'],
  // No position between the halves of a surrogate pair.
  ['(?!^)', '😀a'],
  ['(?!\\W)', '😀1'],
  // Ends and edges.
  ['a$', 'a', 'a\n', 'a\n\n'],
  ['a\\Z', 'a', 'a\n'],
  ['(?m)^b$', 'a\nb\nc'],
  ['\\s*$', 'a \n'],
  ['^', 'a'],
  ['$', '\n'],
  ['\\bfoo\\b', 'foo', 'xfoo', 'éfoo', 'foo-'],
  ['(?a)\\bfoo', 'éfoo'],
  ['\\B', 'a', 'ab'],
  // Classes.
  ['\\d+', '12٣'],
  ['(?a)\\d+', '٣12'],
  ['\\w+', 'naïve_1', '١é'],
  ['\\s', '\u001c', '\u0085', '\u2028', '\ufeff', '\u00a0', '\u180e'],
  ['(?a)\\s', '\u001c', '\u00a0', '\v'],
  ['.', '\r', '\u2028', '\n', '😀'],
  ['(?s).', '\n'],
  ['[]]', ']'],
  ['[^]]', ']', 'a'],
  ['[a-]', '-'],
  ['[\\dx-]', '-', 'x'],
  ['[\\]\\[]', '['],
  ['[\\b]', '\b'],
  ['[^\\W\\d]', '1', 'a', '-'],
  ['[\\D1]', '1', '2'],
  ['[ -~]', 'a'],
  ['[&&ab]', '&'],
  // Letters and case.
  ['(?i)straße', 'STRASSE', 'STRAßE'],
  ['(?i)k', 'K', '\u212a'],
  ['(?i)\u212a', 'k'],
  ['(?i)s', 'ſ'],
  ['(?i)i', 'İ', 'ı', 'I'],
  ['(?i)ς', 'Σ', 'σ'],
  ['(?i)θ', 'ϴ', 'ϑ'],
  ['(?ia)k', '\u212a', 'K'],
  ['(?i)[^k]', '\u212a', 'K', 'x'],
  ['(?i)[a-c]+', 'aBC'],
  ['(?i:a)b', 'Ab', 'AB'],
  ['(?i)a(?-i:b)', 'AB', 'Ab'],
  // Braces.
  ['a{2}', 'aaa'],
  ['a{,2}', 'aaa'],
  ['a{2,}', 'aaa'],
  ['a{,}', 'aaa'],
  ['a{}', 'a{}'],
  ['a{x}', 'a{x}'],
  ['a{1', 'a{1'],
  ['{', '{'],
  ['a{1,2}{', 'aa{'],
  ['a{0}b', 'ab'],
  ['(a){0}b', 'ab'],
  // Comments, verbose, escapes.
  ['a(?#note)b', 'ab'],
  ['a(?#x)*', 'aa'],
  ['(?x) a b # c\n c', 'abc'],
  ['(?x)a\\ b[ ]c', 'a b c'],
  ['(?x: a b )c d', 'abc d'],
  ['\\x41\\u00e9\\U0001F600\\101\\0', 'Aé😀A\0'],
  ['\\"\\/\\-\\ \\#\\%\\é', '"/- #%é'],
  // Atomic and possessive.
  ['(?>a+)ab', 'aaab'],
  ['(?>a|ab)c', 'abc'],
  ['a++b', 'aab'],
  ['a*+a', 'aaa'],
  ['"[^"]*+"', '"x"'],
];

/** What `re` refuses. */
const refused = [
  ...[
    '(',
    ')',
    'a)',
    '(?',
    '(?P',
    '(?P<',
    '(?P<n',
    '(?P<n>',
    '(?P<1>a)',
    '(?P<>a)',
    '(?P=n)',
    '(?P>n)',
    '(?<n>a)',
    '(?z)',
  ],
  ...['[', '[a', '[^]', '[b-a]', '[\\w-a]', '[a-\\d]', '*', '+a', '|*', '^*', '\\b+', 'a**', 'a{2}{3}', 'a+*', '(?i)*'],
  ...[
    'a{2,1}',
    'a{99999999999}',
    '\\',
    'a\\',
    '\\q',
    '[\\q]',
    '\\x4',
    '\\u12',
    '\\U00110000',
    '\\400',
    '\\8',
    '[\\8]',
    '\\1',
    '(a)\\2',
    '(a\\1)',
  ],
  ...[
    'a(?i)',
    '(?i)a|(?i)b',
    '(?L)a',
    '(?au)',
    '(?a)(?u)',
    '(?i',
    '(?i-',
    '(?i-)',
    '(?-i)',
    '(?-a:x)',
    '(?i-i:x)',
    '(?#a',
  ],
  ...[
    '(?<=a*)b',
    '(?<=a|bc)d',
    '(?<!a?)b',
    '(?<a)',
    '(?(1)a)',
    '(?(0)a)',
    '(?(n)a)',
    '(?(1',
    '(a)(?(1)b|c|d)',
    '(?<=(a)\\1)',
  ],
];

const sizes = { patterns: 1500, subjects: 3 };

describeWith([python], "both engines answer as CPython's re", () => {
  test('on hand-picked semantics', () => {
    const cases = handPicked.flatMap(([pattern, ...subjects]) =>
      subjects.map((subject): PythonCase => [pattern, '', subject]),
    );
    const result = compareWithPython(cases, askPython(cases));
    expect(result).toMatchObject({ differences: [], compared: cases.length });
  });

  test('on what is refused', () => {
    const cases = refused.map((pattern): PythonCase => [pattern, '', 'a']);
    expect(compareWithPython(cases, askPython(cases))).toMatchObject({ differences: [], refused: refused.length });
  });

  test.each([
    ['ASCII', asciiSubjects, 1],
    ['Unicode', unicodeSubjects, 2],
  ])('on generated patterns over %s subjects', (_, subjects, seed) => {
    const rows = fc.tuple(
      patterns,
      fc.constantFrom('', '', '', 'm'),
      fc.array(subjects, { minLength: sizes.subjects, maxLength: sizes.subjects }),
    );
    const cases = fc
      .sample(rows, { numRuns: sizes.patterns, seed })
      .flatMap(([pattern, flags, texts]) => texts.map((text): PythonCase => [pattern, flags, text]));
    const result = compareWithPython(cases, askPython(cases, 200));
    expect(result.differences).toEqual([]);
    // The cases would prove nothing if most were refused, given up on, or never matched.
    expect(result.matched).toBeGreaterThan(cases.length / 4);
    expect(result.skipped + result.refused).toBeLessThan(cases.length / 20);
    expect(Math.min(...Object.values(result.byEngine))).toBeGreaterThan(cases.length / 10);
  });

  test('on which texts are patterns at all', () => {
    const tokens = [
      ...[
        '(',
        '(',
        ')',
        ')',
        '[',
        ']',
        '[^',
        '{',
        '}',
        '{2',
        '{1,3}',
        '*',
        '+',
        '?',
        '|',
        '\\',
        '^',
        '$',
        '.',
        'a',
        '-',
        '1',
      ],
      ...[
        '(?P<n>',
        '(?P=n)',
        '(?:',
        '(?=',
        '(?<=',
        '(?<!',
        '(?>',
        '(?(1)',
        '(?(n)',
        '(?i)',
        '(?x)',
        '(?i:',
        '(?-i:',
        '(?a',
      ],
      ...[
        '(?#',
        '#',
        ' ',
        '\n',
        '\\d',
        '\\b',
        '\\x4',
        '\\x41',
        '\\12',
        '\\400',
        '\\1',
        '\\q',
        'é',
        '😀',
        ',',
        ':',
        '(?P',
        '(?',
      ],
    ];
    const text = fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));
    const cases = fc.sample(text, { numRuns: 8000, seed: 3 }).map((pattern): PythonCase => [pattern, '', 'a\nb']);
    const result = compareWithPython(cases, askPython(cases));
    expect(result.differences).toEqual([]);
    expect(Math.min(result.compared, result.refused)).toBeGreaterThan(500);
  });
});
