import { ringRejects } from '@sluice/pipeline';
import fc from 'fast-check';
import type { CandidateLine } from './options.ts';
import { PatternSet } from './pattern-set.ts';

const encoder = new TextEncoder();
const bytesOf = (text: string): Uint8Array => encoder.encode(text);

interface Seen {
  readonly offset: number;
  readonly pattern: number;
  readonly line: string;
  readonly text: string | undefined;
}

function scan(set: PatternSet, bytes: Uint8Array): Seen[] {
  const seen: Seen[] = [];
  set.scan(bytes, (match) => {
    const { line, pattern } = match;
    seen.push({ offset: line.offset, pattern, line: line.text, text: match.text() });
  });
  return seen;
}

/** What a scan is to give, said in the plainest way. */
function plainScan(set: PatternSet, bytes: Uint8Array): Seen[] {
  const seen: Seen[] = [];
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found;
    const hasReturn = found > start && bytes[found - 1] === 13;
    const line = decoder.decode(bytes.subarray(start, hasReturn ? end - 1 : end));
    for (const match of set.matchAll(line)) {
      seen.push({ offset: start, pattern: match.pattern, line, text: match.text() });
    }
    start = end + 1;
  }
  return seen;
}

const sources = [
  'wombat',
  'w\\w+t$',
  '^$',
  '(?i)NUMBAT',
  '\\x00',
  'é',
  '\\ufffd',
  '(\\d)\\1',
  '(x)?(?(1)y|z)',
  '\\r',
  '(?s).*\\s$',
];
const piece = fc.constantFrom<Uint8Array>(
  ...[
    'wombat',
    'numbat',
    'NumBat',
    '\n',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\0',
    'é',
    '11',
    'xy',
    'z',
    ' ',
    '\ufeff',
    '😀',
  ].map(bytesOf),
  Uint8Array.of(0xff),
  Uint8Array.of(0xc3),
  Uint8Array.of(0xe2, 0x82),
);
const log = fc.array(piece, { maxLength: 40 }).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe('PatternSet.scan', () => {
  test('gives what a search of each line gives', () => {
    fc.assert(
      fc.property(log, fc.boolean(), fc.boolean(), (bytes, finalBreak, prefilter) => {
        const set = PatternSet.compile(sources, { report: 'all', finalBreak, prefilter });
        expect(scan(set, bytes)).toEqual(plainScan(set, bytes));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['with patterns that need no literal', sources],
    ['with literals alone', ['wombat', '(?i)NUMBAT', 'é\\w']],
  ])('gives the same matches and counts however the lines are cut into chunks, %s', (_, patterns) => {
    const set = PatternSet.compile(patterns, { report: 'all' });
    fc.assert(
      fc.property(log, fc.array(fc.nat(1000)), (bytes, cuts) => {
        const ends = [...bytes.keys()].filter((at) => bytes[at] === 10).map((at) => at + 1);
        const chosen = [...new Set(cuts.map((cut) => ends[cut % Math.max(1, ends.length)] ?? 0))].sort((a, b) => a - b);
        const bounds = [0, ...chosen, bytes.length];
        const seen: Seen[] = [];
        const total = { lines: 0, candidates: 0, matches: 0, givenUp: 0 };
        for (const [index, start] of bounds.slice(0, -1).entries()) {
          const chunk = bytes.subarray(start, bounds[index + 1]);
          seen.push(...scan(set, chunk).map((match) => ({ ...match, offset: match.offset + start })));
          const counts = set.scan(chunk, () => {});
          for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
        }
        expect(seen).toEqual(scan(set, bytes));
        expect(total).toEqual(set.scan(bytes, () => {}));
      }),
      { numRuns: 300 },
    );
  });

  test('finds a literal wherever it lies, also across the kernel’s blocks', () => {
    const set = PatternSet.compile(['wombat']);
    const bytes = new Uint8Array(140_000).fill(0x2e);
    for (const near of [0, 65_536, 131_072, 140_000]) {
      for (let at = Math.max(0, near - 20); at <= Math.min(bytes.length - 6, near + 20); at++) {
        bytes.set(bytesOf('wombat'), at);
        expect(set.scan(bytes, () => {})).toEqual({ lines: 1, candidates: 1, matches: 1, givenUp: 0 });
        bytes.fill(0x2e, at, at + 6);
      }
    }
  });

  test('strips one carriage return, and none from a line without a break', () => {
    const lines: string[] = [];
    PatternSet.compile(['wombat']).scan(bytesOf('wombat\r\nwombat\r\r\nwombat\nwombat\r'), ({ line }) => {
      lines.push(line.text);
    });
    expect(lines).toEqual(['wombat', 'wombat\r', 'wombat', 'wombat\r']);
  });

  test('tells offset and length of a line in bytes', () => {
    const lines: (readonly [number, number])[] = [];
    const bytes = bytesOf('é\nnaïve wombat\r\n');
    PatternSet.compile(['wombat']).scan(bytes, ({ line }) => lines.push([line.offset, line.length]));
    expect(lines).toEqual([[3, 13]]);
  });

  test('counts lines, and a last one without a break', () => {
    const set = PatternSet.compile(['wombat']);
    const lines = ['', '\n', 'a', 'a\n', 'a\nb', '\n\n\n'].map((text) => set.scan(bytesOf(text), () => {}).lines);
    expect(lines).toEqual([0, 1, 1, 1, 2, 3]);
  });

  test('reads a view that begins inside its buffer', () => {
    const bytes = bytesOf('xx\nwombat 1\nwombat 2').subarray(3);
    expect(scan(PatternSet.compile(['wombat \\d']), bytes).map(({ text }) => text)).toEqual(['wombat 1', 'wombat 2']);
  });

  test('reads a line of 10 MB, with and without its break, in any encoding', () => {
    const set = PatternSet.compile(['wombat$', 'num(?:(b)|x)at'], { report: 'all' });
    for (const end of ['', '\n', '\r\n']) {
      const bytes = new Uint8Array(10_000_020 + end.length).fill(0x61);
      bytes[5] = 0xff;
      bytes[6] = 0;
      bytes.set(bytesOf(`numbat wombat${end}`), bytes.length - 13 - end.length);
      const result = set.scan(bytes, () => {});
      expect(result).toEqual({ lines: 1, candidates: 1, matches: 2, givenUp: 0 });
    }
  });

  test('holds no more than a line however often a literal occurs', () => {
    const set = PatternSet.compile(['wombat']);
    expect(set.scan(bytesOf('wombat'.repeat(1_000_000)), () => {})).toMatchObject({ candidates: 1, matches: 1 });
  });

  test('reports the first pattern of the list, or all', () => {
    const bytes = bytesOf('wombat numbat\n');
    const patterns = ['numbat', 'wombat', 'dingo'];
    expect(scan(PatternSet.compile(patterns), bytes).map(({ pattern }) => pattern)).toEqual([0]);
    expect(scan(PatternSet.compile(patterns, { report: 'all' }), bytes).map(({ pattern }) => pattern)).toEqual([0, 1]);
  });

  test('reports a pattern once for a line that holds several of its literals', () => {
    const set = PatternSet.compile(['wombat|numbat|dingo'], { report: 'all' });
    expect(scan(set, bytesOf('numbat dingo wombat\n'))).toEqual([
      { offset: 0, pattern: 0, line: 'numbat dingo wombat', text: 'numbat' },
    ]);
  });

  test('lets a sink scan with the same set and another', () => {
    const [outer, inner] = [PatternSet.compile(['wombat \\d']), PatternSet.compile(['numbat'])];
    const many = bytesOf('wombat 1 numbat\n'.repeat(10_000));
    let nested = 0;
    const result = outer.scan(many, ({ line }) => {
      if (line.offset % 160_000 !== 0) return;
      nested += outer.scan(bytesOf('wombat 7\nx\n'), () => {}).matches;
      nested += inner.scan(bytesOf(line.text), () => {}).matches;
    });
    expect([result.matches, nested]).toEqual([10_000, 2]);
  });

  test('searches what was read into the set’s memory, also when its first scan makes that grow', () => {
    const set = PatternSet.compile(['wombat']);
    const log = bytesOf('a wombat\nnothing\nanother wombat');
    const room = set.memory(log.length + 10).subarray(3, 3 + log.length);
    room.set(log);
    const texts: string[] = [];
    const result = set.scan(room, ({ line }) => texts.push(line.text));
    expect(texts).toEqual(['a wombat', 'another wombat']);
    expect(result).toEqual({ lines: 3, candidates: 2, matches: 2, givenUp: 0 });
  });

  test('is empty for no patterns and for no bytes', () => {
    const none = { candidates: 0, matches: 0, givenUp: 0 };
    expect(PatternSet.compile([]).scan(bytesOf('a\nb\n'), () => {})).toEqual({ lines: 2, ...none });
    expect(PatternSet.compile(['.*']).scan(bytesOf(''), () => {})).toEqual({ lines: 0, ...none });
  });

  test('counts what it gave up on, and says where that is in the source', () => {
    const rejects = ringRejects(10);
    const set = PatternSet.compile(['((a+)+)+\\1b', 'aaa'], { maxSteps: 1000, rejects });
    const bytes = bytesOf(`x\n${'a'.repeat(500)}\n`);
    const source = { path: '/var/log/x.log', offset: 1000 };
    expect(set.scan(bytes, () => {}, { source })).toMatchObject({ lines: 2, matches: 1, givenUp: 1 });
    expect(rejects.last).toMatchObject([{ code: 'ERR_LOG_MATCHER_STEPS', path: '/var/log/x.log', offset: 1002 }]);
  });
});

describe('a cut', () => {
  const bytes = bytesOf('Oct 10 wombat\nnothing\nOct 11 wombat\nskip wombat\n');
  const date = (line: CandidateLine): { start: number; end: number } | undefined | false => {
    if (line.text.startsWith('skip')) return false;
    return line.text.startsWith('Oct 11') ? undefined : { start: 0, end: 7 };
  };

  test('is asked for once per candidate, and searched without', () => {
    const asked: number[] = [];
    const seen: (readonly [string, number, string])[] = [];
    const set = PatternSet.compile(['^wombat', 'Oct.*wombat']);
    const cut = (line: CandidateLine): ReturnType<typeof date> => {
      asked.push(line.offset);
      return date(line);
    };
    const result = set.scan(bytes, (match) => seen.push([match.subject, match.pattern, match.line.text]), { cut });
    expect(asked).toEqual([0, 22, 36]);
    expect(seen).toEqual([
      ['wombat', 0, 'Oct 10 wombat'],
      ['Oct 11 wombat', 1, 'Oct 11 wombat'],
    ]);
    expect(result).toEqual({ lines: 4, candidates: 3, matches: 2, givenUp: 0 });
  });

  test.each([
    [-1, 2],
    [3, 2],
    [0, 14],
    [Number.NaN, 2],
  ])('from %d to %d is refused', (start, end) => {
    const set = PatternSet.compile(['wombat']);
    expect(() => set.scan(bytes, () => {}, { cut: () => ({ start, end }) })).toThrow(
      `cut must give a span inside the line's 13 characters, not ${start} to ${end}`,
    );
  });
});
