import fc from 'fast-check';
import type { Span } from '../options.ts';
import { PatternSet } from '../pattern-set.ts';

/** Patterns in which literals of every kind are required: short, long, of either case, joined, repeated, beyond ASCII. */
const pattern = fc
  .array(
    fc.constantFrom(
      ...[
        'ab',
        'abc',
        'abcabc',
        'aab',
        '/config',
        '\\.php',
        'user ',
        '(?:abc|cab)',
        '(?:x|yab)',
        '(abc)+',
        '(?:ab){2}',
        'a{3}',
        'c{2,3}',
      ],
      ...[
        '(?i:abc)',
        '(?i:disk)',
        '(?i:é)',
        'é',
        'ñandú',
        '😀',
        '\ufffd',
        '[ab]bc',
        '[aA]bc',
        '.',
        '.*',
        '\\w',
        '[^x]',
        ' ',
        '\\s',
        '\\n',
      ],
      ...['(?:abc)?', '(?=abc)', '(?!abc)', '(?<=a)bc', '\\b', '^', '$', '(a)?(?(1)bc|ca)', '(?>ab)c', 'a++b'],
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const text = new TextEncoder();

/** Pieces of lines, some of them invalid as UTF-8. */
const piece = fc.constantFrom<Uint8Array>(
  ...[
    'a',
    'b',
    'c',
    'ab',
    'abc',
    'abcabc',
    'ABC',
    'aB',
    '/con',
    'fig',
    '.ph',
    'p',
    'user',
    ' ',
    'diſk',
    'DISK',
    'é',
    'É',
    'ñand',
    'ú',
    '😀',
    '\ufffd',
    '\r',
    '\0',
    'x',
  ].map((chars) => text.encode(chars)),
  Uint8Array.of(0xff),
  Uint8Array.of(0xc3),
  Uint8Array.of(0xa9),
  Uint8Array.of(0xf0, 0x9f),
);

const line = fc.array(piece, { maxLength: 8 });
const log = fc.tuple(fc.array(line, { maxLength: 6 }), fc.boolean()).map(([lines, ends]) => {
  const bytes = lines.flatMap((pieces, index) => [
    ...pieces.flatMap((part) => [...part]),
    ...(ends || index < lines.length - 1 ? [10] : []),
  ]);
  return Uint8Array.from(bytes);
});

type Cut = (line: { readonly text: string }) => Span | undefined;

function matches(
  sources: readonly string[],
  bytes: Uint8Array,
  finalBreak: boolean,
  prefilter: boolean,
  cut?: Cut,
): string[] {
  const found: string[] = [];
  const set = PatternSet.compile(sources, { finalBreak, report: 'all', prefilter });
  set.scan(
    bytes,
    (match) => found.push(`${match.line.offset} ${match.pattern} ${match.start()} ${match.end()}`),
    cut === undefined ? {} : { cut },
  );
  return found;
}

const sources = fc.array(pattern, { minLength: 1, maxLength: 5 });

describe('the prefilter', () => {
  test('loses no match', () => {
    let matched = 0;
    fc.assert(
      fc.property(sources, log, fc.boolean(), (patterns, bytes, finalBreak) => {
        const expected = matches(patterns, bytes, finalBreak, false);
        matched += expected.length;
        expect(matches(patterns, bytes, finalBreak, true)).toEqual(expected);
      }),
      { numRuns: 600, seed: 1 },
    );
    expect(matched).toBeGreaterThan(200);
  });

  test('loses no match when anything may be cut out of the line', () => {
    let joined = 0;
    fc.assert(
      fc.property(sources, log, fc.nat(1000), fc.nat(1000), (patterns, bytes, from, size) => {
        const cut: Cut = (line) => {
          const start = from % (line.text.length + 1);
          return { start, end: start + (size % (line.text.length - start + 1)) };
        };
        const expected = matches(patterns, bytes, true, false, cut);
        joined += expected.filter((match) => !matches(patterns, bytes, true, false).includes(match)).length;
        expect(matches(patterns, bytes, true, true, cut)).toEqual(expected);
      }),
      { numRuns: 600, seed: 2 },
    );
    // Matches that are there only because the cut joined two pieces: those that a prefilter is prone to lose.
    expect(joined).toBeGreaterThan(60);
  });

  test.each([
    ['[] "GET', '10.0.0.7 - - [10/Oct/2000:13:55:36 -0700] "GET /', '10/Oct/2000:13:55:36 -0700'],
    ['/config.php', '/con2024-01-01fig.php', '2024-01-01'],
    ['abcde', 'a-bcde', '-'],
    ['abcde', 'abcd-e', '-'],
    ['(?i)abcde', 'AB-CDE', '-'],
    ['né à la', 'n2024é à la', '2024'],
  ])('finds %s where a cut joins it', (source, subject, date) => {
    const bytes = text.encode(`nothing\n${subject}\nnothing\n`);
    const escaped = source.replace('[]', '\\[\\]');
    const set = PatternSet.compile([escaped]);
    const found: string[] = [];
    const cut: Cut = (line) => {
      const start = line.text.indexOf(date);
      return start === -1 ? undefined : { start, end: start + date.length };
    };
    const result = set.scan(bytes, (match) => found.push(match.line.text), { cut });
    expect(found).toEqual([subject]);
    expect(result).toMatchObject({ lines: 3, candidates: 1, matches: 1 });
  });

  test('passes over the lines that lack a literal', () => {
    const set = PatternSet.compile(['user (\\w+) failed', 'root.*denied']);
    const lines = ['user alice failed', 'nothing', 'root was denied', 'user', 'denied'];
    const result = set.scan(text.encode(lines.join('\n')), () => {});
    expect(result).toEqual({ lines: 5, candidates: 3, matches: 2, givenUp: 0 });
  });

  test('takes linear time on a line that repeats a piece of a literal', () => {
    // Every piece asks whether the rest is anywhere on the line; without a bound that is 10^10 comparisons.
    const bytes = text.encode(`${'/conf'.repeat(100_000)}\n`);
    const set = PatternSet.compile(['^never /config\\.php']);
    expect(set.scan(bytes, () => {}, { cut: () => undefined })).toMatchObject({ lines: 1, matches: 0 });
  });
});
