import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { PatternSet } from '../pattern-set.ts';
import { compareScans } from '../testing/compare-scan.ts';
import { askPythonToDecode } from '../testing/python-decode.ts';
import { python } from '../testing/python-re.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes at the edges of what UTF-8 allows, and in its middle. */
const edges = [
  ...[0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee],
  ...[0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfd, 0xfe, 0xff],
];
const oddBytes = fc
  .array(fc.oneof(fc.constantFrom(...edges), fc.constantFrom(...edges), fc.nat(255)), { maxLength: 12 })
  .map((bytes) => Uint8Array.from(bytes.filter((byte) => byte !== 10 && byte !== 13)));

/** The characters of a line as a set sees them: those that a match of each is made for. */
function charactersSeen(bytes: Uint8Array): readonly string[] {
  const seen: string[] = [];
  const set = PatternSet.compile(['^(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.)?(.*)$']);
  set.scan(bytes, (match) => {
    for (let group = 1; group <= 13; group++) seen.push(match.text(group) ?? '');
  });
  return seen;
}

describeWith([python], 'invalid UTF-8', () => {
  const inputs = [
    ...edges.flatMap((a) =>
      edges.flatMap((b) => edges.filter((_, at) => at % 3 === 0).map((c) => Uint8Array.of(a, b, c))),
    ),
    ...fc.sample(oddBytes, { numRuns: 3000, seed: 9 }),
  ].map((bytes) => bytes.filter((byte) => byte !== 10 && byte !== 13));

  test('is U+FFFD to the patterns where it is to CPython and to TextDecoder', () => {
    const python = askPythonToDecode(inputs);
    expect(inputs.map((bytes) => decoder.decode(bytes))).toEqual(python);
    const whole = Uint8Array.from(inputs.flatMap((bytes) => [...bytes, 10]));
    const seen: (readonly [string, number, number])[] = [];
    PatternSet.compile(['^(\\ufffd*)([^\\ufffd]*)(.*)$']).scan(whole, (match) => {
      seen.push([match.subject, match.end(1), match.end(2)]);
    });
    const expected = python.map((text) => {
      const [, first = '', second = ''] = /^(\ufffd*)([^\ufffd]*)/u.exec(text) ?? [];
      return [text, first.length, first.length + second.length];
    });
    const differs = (_: unknown, at: number): boolean => JSON.stringify(seen[at]) !== JSON.stringify(expected[at]);
    expect(inputs.filter(differs).slice(0, 5)).toEqual([]);
    expect(seen).toHaveLength(inputs.length);
  });

  test('is one character for each maximal part', () => {
    for (const bytes of inputs.slice(0, 300)) {
      if (bytes.length === 0) continue;
      const characters = Array.from(decoder.decode(bytes));
      const dots = Array.from({ length: 13 }, (_, at) => characters[at] ?? '');
      expect(charactersSeen(bytes)).toEqual(dots);
    }
  });
});

describeWith([python], 'a set that tells more kinds of characters apart than a unit holds', () => {
  // Each of 8 classes holds the characters whose number has one bit set: 256 kinds.
  const characters = Array.from({ length: 256 }, (_, at) => String.fromCodePoint(0x1f300 + at));
  const classes = Array.from(
    { length: 8 },
    (_, bit) => `[${characters.filter((__, at) => ((at >> bit) & 1) === 1).join('')}]`,
  );
  const patterns = classes.flatMap((one, bit) => [
    `(${one}+)(.)`,
    `^\\w*${one}{2}(\\b)?x?$`,
    `(?:${one}|a)(b${classes[7 - bit]})`,
  ]);

  test('answers as CPython, before and after it has met them all', () => {
    const word = fc.array(fc.oneof(fc.constantFrom(...characters), fc.constantFrom('a', 'b', 'x', 'é')), {
      minLength: 1,
      maxLength: 10,
    });
    const uncut = { start: 0, end: 0 };
    const lines = [
      ...fc.sample(word, { numRuns: 40, seed: 2 }).map((parts) => ({ text: parts.join(''), cut: uncut })),
      { text: characters.join(''), cut: uncut },
      ...fc.sample(word, { numRuns: 200, seed: 3 }).map((parts) => ({ text: parts.join(''), cut: uncut })),
    ];
    const result = compareScans([{ patterns, lines, multiline: false, finalBreak: false, isCut: false }]);
    expect(result).toMatchObject({ differences: [], skipped: 0, compared: patterns.length * lines.length });
    expect(result.matched).toBeGreaterThan(500);
  });
});

interface Seen {
  readonly offset: number;
  readonly text: string;
}

const linesSeen = (pattern: string, bytes: Uint8Array): readonly Seen[] => {
  const seen: Seen[] = [];
  PatternSet.compile([pattern]).scan(bytes, ({ line }) => seen.push({ offset: line.offset, text: line.text }));
  return seen;
};

describe('breaks', () => {
  test.each([
    ['a\r\nb\n\r\n\rc\r\r\nd', ['a', 'b', '', '\rc\r', 'd']],
    ['\n\n', ['', '']],
    ['\r', ['\r']],
    ['\0\n\0\r\n', ['\0', '\0']],
    ['', []],
    ['\ufeffa\n\ufeffb', ['\ufeffa', '\ufeffb']],
  ])('%j has the lines %j', (text, lines) => {
    expect(linesSeen('^', encoder.encode(text)).map((line) => line.text)).toEqual(lines);
    expect(linesSeen('', encoder.encode(text)).map((line) => line.text)).toEqual(lines);
    expect(linesSeen('$', encoder.encode(text)).map((line) => line.text)).toEqual(lines);
  });
});

describe('offsets', () => {
  test('count UTF-16 units of the text, and bytes of the input', () => {
    const bytes = encoder.encode('é\n😀😀(x😀)é\r\n');
    const set = PatternSet.compile(['\\(x(?P<a>.)\\)(?P<rest>.*)']);
    const seen: unknown[] = [];
    set.scan(bytes, (match) => {
      seen.push([match.line.offset, match.line.length, match.start(), match.start('a'), match.end('a'), match.end()]);
    });
    expect(seen).toEqual([[3, 17, 4, 6, 8, 10]]);
  });
});

describe('a set', () => {
  const log = encoder.encode(Array.from({ length: 500 }, (_, line) => `id-${line}- é user${line % 7}\n`).join(''));

  test.each([1, 2, 7, 8, 9, 127, 128, 129, 1000, 5000])('of %i patterns finds each one’s lines', (count) => {
    const step = 11;
    const patterns = Array.from({ length: count }, (_, index) => `id-(${index * step})- (.) (?P<user>\\w+)$`);
    const seen: string[] = [];
    const result = PatternSet.compile(patterns).scan(log, (match) =>
      seen.push(`${match.pattern} ${match.text(1)} ${match.text('user')}`),
    );
    const expected = Array.from(
      { length: Math.min(count, Math.ceil(500 / step)) },
      (_, index) => `${index} ${index * step} user${(index * step) % 7}`,
    );
    expect(seen).toEqual(expected);
    expect(result).toMatchObject({ lines: 500, matches: expected.length, givenUp: 0 });
  });

  test.each([
    ['nothing', ['a\\Ab', '(?!)', '[^\\s\\S]', '$x', '.^.'], 0],
    ['everything', ['', '^', '.*', '(?:)', '(?=)', '$', '\\b|'], 7 * 500],
    ['nothing, being empty', [], 0],
  ])('that matches %s', (_, patterns, matches) => {
    for (const prefilter of [true, false]) {
      const set = PatternSet.compile(patterns, { report: 'all', prefilter });
      expect(set.scan(log, () => {})).toMatchObject({ lines: 500, matches, givenUp: 0 });
    }
  });

  test.each([
    ['a', 'ASCII'],
    ['é', 'two bytes each'],
    ['\0', 'NUL'],
  ])(
    'reads a line of 10 MB of %j (%s)',
    (filler) => {
      const unit = encoder.encode(filler);
      const bytes = new Uint8Array(10_000_000 + 40);
      for (let at = 0; at < 10_000_000; at += unit.length) bytes.set(unit, at);
      bytes.set(encoder.encode(' wombat 17\nx\nwombat 18\r\n'), 10_000_000);
      const length = 10_000_000 / unit.length;
      const seen: unknown[] = [];
      const set = PatternSet.compile(['^(.)\\S*? wombat (?P<n>\\d+)$', 'wombat (?P<n>\\d+)$']);
      set.scan(bytes.subarray(0, 10_000_024), (match) =>
        seen.push([match.pattern, match.line.offset, match.start('n'), match.text('n')]),
      );
      expect(seen).toEqual([
        [0, 0, length + 8, '17'],
        [1, 10_000_013, 7, '18'],
      ]);
    },
    60_000,
  );
});
