import fc from 'fast-check';
import type { PatternMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import type { CutPlaces } from '../prefilter/cut-places.ts';
import { type GeneratedLine, lines, patternsWithWords } from '../testing/generate-lines.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Places of which a cut is one. */
function placesOf({ text, cut: { start, end } }: GeneratedLine): readonly CutPlaces[] {
  if (start === 0 || start === end) return ['none', 'start', 'words', 'any'];
  if (/^\w/.test(text.slice(end))) return ['any'];
  return /^[^\p{L}\p{N}_]{1,2}$/u.test(text.slice(0, start)) ? ['start', 'words', 'any'] : ['words', 'any'];
}

const compiled = (sources: readonly string[]): PatternSet | undefined => {
  try {
    return PatternSet.compile(sources, { finalBreak: true });
  } catch {
    return undefined;
  }
};

const factsOf = (match: PatternMatch | undefined, groupCount: number): unknown =>
  match && {
    subject: match.subject,
    named: match.groups(),
    spans: Array.from({ length: groupCount + 1 }, (_, group) => [
      match.start(group),
      match.end(group),
      match.text(group),
    ]),
  };

describe('candidates', () => {
  test('lists each line that a pattern matches, or a part of, without what is cut out of it', () => {
    let listed = 0;
    fc.assert(
      fc.property(
        fc.array(patternsWithWords, { minLength: 1, maxLength: 4 }),
        fc.array(lines, { minLength: 1, maxLength: 6 }),
        fc.nat(12),
        fc.nat(12),
        (sources, generated, first, less) => {
          const set = compiled(sources);
          if (set === undefined) return;
          for (const line of generated) {
            const { text, cut } = line;
            const rest = text.slice(0, cut.start) + text.slice(cut.end);
            const from = Math.min(first, rest.length);
            const to = Math.max(from, rest.length - less);
            const expected = set.patterns.map((_, pattern) => set.matchOf(pattern, rest.slice(from, to)));
            for (const cuts of placesOf(line)) {
              const seen = new Set<number>();
              set.candidates(
                encode(text),
                (candidate) => {
                  for (let i = 0; i < candidate.patternCount; i++) seen.add(candidate.patternAt(i));
                  const part = { cutStart: cut.start, cutEnd: cut.end, from, to };
                  for (const [pattern, match] of expected.entries()) {
                    const { groupCount } = set.patterns[pattern] as { groupCount: number };
                    expect(factsOf(candidate.search(pattern, part), groupCount)).toEqual(factsOf(match, groupCount));
                  }
                },
                { cuts },
              );
              for (const [pattern, match] of expected.entries()) {
                if (match === undefined) continue;
                expect([cuts, pattern, seen.has(pattern)]).toEqual([cuts, pattern, true]);
                listed += 1;
              }
            }
          }
        },
      ),
      { numRuns: 150, seed: 11 },
    );
    expect(listed).toBeGreaterThan(300);
  });

  test.each<[CutPlaces, string, boolean]>([
    ['none', 'Failed password', false],
    ['start', 'Failed password', false],
    ['words', 'Failed password', true],
    ['any', 'Failed password', true],
    ['any', 'Failedpassword', true],
  ])('with cuts at %s finds what a cut through %j may leave: %p', (cuts, literal, isFound) => {
    const set = PatternSet.compile([literal], { dialect: 'literal' });
    const at = literal.indexOf('password') - (literal.includes(' ') ? 1 : 0);
    const text = `${literal.slice(0, at)}12:00:00${literal.slice(at)}`;
    expect(set.candidates(encode(text), () => {}, { cuts })).toEqual({ lines: 1, candidates: isFound ? 1 : 0 });
  });

  test('lists no line for a pattern that none is wanted for', () => {
    const set = PatternSet.compile(['wombat', 'x*']);
    const seen: number[][] = [];
    set.candidates(
      encode('a wombat\nanother\r\nand a wombat\r\n'),
      (line) => seen.push([line.offset, line.length, line.patternCount, line.patternAt(0)]),
      { cuts: ['none', false] },
    );
    expect(seen).toEqual([
      [0, 8, 1, 0],
      [18, 12, 1, 0],
    ]);
  });

  test('may be asked for other bytes during a visit', () => {
    const set = PatternSet.compile(['wombat (\\d+)']);
    const seen: (string | undefined)[] = [];
    set.candidates(encode('wombat 1\nwombat 2\n'), (line) => {
      set.candidates(encode('a wombat 3\n'), (other) => seen.push(other.search(0)?.text(1)));
      seen.push(line.search(0)?.text(1));
    });
    expect(seen).toEqual(['3', '1', '3', '2']);
  });

  test('tells rejects where a subject is that is given up on', () => {
    const rejected: unknown[] = [];
    const rejects = { next: (reject: unknown): unknown => rejected.push(reject) };
    const set = PatternSet.compile(['(?:(a+)+\\1b)x'], { rejects, maxSteps: 50 });
    const source = { path: '/log', offset: 7 };
    set.candidates(encode(`\n${'a'.repeat(40)}bx\n`), (line) => line.search(0), { cuts: 'none', source });
    expect(rejected).toMatchObject([{ code: 'ERR_LOG_MATCHER_STEPS', path: '/log', offset: 8 }]);
  });
});

describe('a set of several sets', () => {
  test('has the patterns of all, one set after the other', () => {
    const set = PatternSet.join([PatternSet.compile(['a(b)', 'c']), PatternSet.compile(['d'])]);
    expect(set.patterns.map(({ source }) => source)).toEqual(['a(b)', 'c', 'd']);
    expect(set.matchAll('dab').map(({ pattern }) => pattern)).toEqual([0, 2]);
  });

  test('matches loosely wherever one of its patterns matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(
        fc.array(patternsWithWords, { minLength: 1, maxLength: 4 }),
        fc.array(lines, { maxLength: 8 }),
        (sources, generated) => {
          const set = compiled(sources);
          if (set === undefined) return;
          const loose = PatternSet.loose([set]);
          for (const { text } of generated) {
            if (set.match(text) === undefined) continue;
            matched += 1;
            expect([text, loose.match(text) !== undefined]).toEqual([text, true]);
          }
        },
      ),
      { numRuns: 200, seed: 12 },
    );
    expect(matched).toBeGreaterThan(100);
  });
});
