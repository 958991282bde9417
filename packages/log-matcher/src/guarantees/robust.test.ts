import { describeWith } from '../../../../tools/testing/describe-with.ts';
import type { ScanOptions } from '../options.ts';
import { PatternSet } from '../pattern-set.ts';
import { corpus, corpusFilters } from '../testing/corpus.ts';
import { leastMemory } from '../testing/least-memory.ts';
import { randomLetters } from '../testing/random-letters.ts';
import { type Work, workDuring } from '../testing/work-of.ts';

const encoder = new TextEncoder();
const linesOf = (lines: readonly string[]): Uint8Array => encoder.encode(lines.map((line) => `${line}\n`).join(''));

const host =
  '(?:(?P<ip4>(?:\\d{1,3}\\.){3}\\d{1,3})|(?P<ip6>(?:[0-9a-f]{1,4}::?|::){1,7}(?:[0-9a-f]{1,4}|:))|(?P<dns>[\\w\\-.^_]*\\w))';
const names = Array.from({ length: 400 }, (_, index) => `w${((index * 7919) % 100_003).toString(36)}q${index}z`);
const rules = names.map((name) => `^${host}\\s-\\s.*"(?:GET|POST) [^"]*/(${name})`);

/** `offset pattern groups` of each match. */
function matchesIn(set: PatternSet, bytes: Uint8Array, options: ScanOptions = {}): string[] {
  const seen: string[] = [];
  set.scan(
    bytes,
    (match) => seen.push(`${match.line.offset} ${match.pattern} ${JSON.stringify(match.groups())}`),
    options,
  );
  return seen;
}

/** The same for many patterns, of which so few are in a set that none are asked together. */
function matchesOneByOne(patterns: readonly string[], bytes: Uint8Array, options: ScanOptions = {}): string[] {
  const few = 4;
  const found: { line: number; pattern: number; text: string }[] = [];
  for (let first = 0; first < patterns.length; first += few) {
    const set = PatternSet.compile(patterns.slice(first, first + few), { report: 'all', prefilter: false });
    set.scan(
      bytes,
      (match) => {
        const pattern = first + match.pattern;
        const text = `${match.line.offset} ${pattern} ${JSON.stringify(match.groups())}`;
        found.push({ line: match.line.offset, pattern, text });
      },
      options,
    );
  }
  return found.sort((a, b) => a.line - b.line || a.pattern - b.pattern).map(({ text }) => text);
}

describe('a line that holds the literals of hundreds of rules', () => {
  const paths = names.map((name) => `/${name}`).join(' ');
  const crowded = Array.from({ length: 10 }, (_, line) => `10.0.0.${line} - ${paths}`);
  const hits = [...crowded, `1.2.3.4 - "GET ${names[7]} /${names[9]} ${paths.slice(20)}`];
  const backReference = '(w\\w+q1z) \\1';

  const cases: readonly (readonly [string, readonly string[], readonly string[], ScanOptions])[] = [
    ['', rules, hits, {}],
    ['beyond ASCII', rules, hits.map((line) => `${line} é`), {}],
    ['of which a date is cut out', rules, hits.map((line) => `Oct 10 ${line}`), { cut: () => ({ start: 0, end: 7 }) }],
    ['where one rule is not regular', [...rules, backReference], hits, {}],
    ['longer than a pass', rules, hits.map((line) => line + ' x'.repeat(8000)), {}],
  ];

  test.each(cases)('%s gives what each rule gives by itself', (_, patterns, lines, options) => {
    const bytes = linesOf(lines);
    const set = PatternSet.compile(patterns, { report: 'all' });
    const expected = matchesOneByOne(patterns, bytes, options);
    expect(expected.length).toBeGreaterThan(1);
    expect(matchesIn(set, bytes, options)).toEqual(expected);
  });

  test.each(cases)('%s costs far less than one pass for each rule', (_, patterns, lines, options) => {
    const bytes = linesOf(lines.slice(0, 10));
    const set = PatternSet.compile(patterns, { report: 'all', prefilter: false });
    set.scan(bytes, () => {}, options);
    const { transitions, stateWork } = workDuring(set, () => set.scan(bytes, () => {}, options));
    expect(transitions).toBeLessThan((bytes.length * patterns.length) / 10);
    expect(stateWork).toBeLessThan(bytes.length);
  });
});

describeWith([corpus], "fail2ban's stock filters all at once", () => {
  test('cost no more together, on the lines of all, than a few passes for each', () => {
    const filters = corpusFilters();
    const sources = [...new Set(filters.flatMap(({ regexes }) => regexes.map(({ source }) => source)))];
    const bytes = linesOf(filters.flatMap(({ lines }) => lines));
    const set = PatternSet.compile(sources, { finalBreak: true, report: 'all', prefilter: false });
    const first = workDuring(set, () => set.scan(bytes, () => {}));
    const passes = bytes.length * sources.length;
    expect(first.transitions).toBeLessThan(passes);
    // Patterns with little in common are asked together for a while, which must not cost more than it could spare.
    expect(first.stateWork).toBeLessThan(4 * passes);
    const again = workDuring(set, () => set.scan(bytes, () => {}));
    expect(again.stateWork).toBeLessThan(passes / 50);
  }, 60_000);
});

describe('a log that turns into another', () => {
  test('is searched as before: nothing is lost, and the work for each byte stays bounded', () => {
    const patterns = ['rarely seen (?P<n>\\d+)', '(?i)QUUX=(\\w+)', 'x-y-z: ([^;]*);', `${host} wombat$`];
    const sample = linesOf(Array.from({ length: 3000 }, (_, line) => `10.0.0.1 GET /${line} ok`));
    const set = PatternSet.compile(patterns, { report: 'all', sample });
    const random = randomLetters('abc 123:;-', 3);
    const kinds = [
      (line: number) => `10.0.0.1 GET /${line} ok`,
      (line: number) => `rarely see rarely seen rarely ${random(20)} seen ${line}`,
      (line: number) => `quux quux=quux= QUUX${line} wombat x-y-z x-y-z: ${random(30)}`,
      () => 'x-y-z:'.repeat(20),
      () => random(100),
    ];
    const plain = PatternSet.compile(patterns, { report: 'all', prefilter: false });
    for (let round = 0; round < 10; round++) {
      const kind = kinds[round % kinds.length] as (line: number) => string;
      const bytes = linesOf(
        Array.from({ length: 6000 }, (_, line) => (line % 500 === 0 ? `rarely seen ${line}` : kind(line))),
      );
      let found: string[] = [];
      const work = workDuring(set, () => {
        found = matchesIn(set, bytes);
      });
      expect(found).toEqual(matchesIn(plain, bytes));
      expect(work.prefilter).toBeLessThan(4 * bytes.length);
      expect(work.transitions).toBeLessThan(2 * patterns.length * bytes.length);
    }
  }, 60_000);
});

describe('lines made to thrash the cache', () => {
  const perByte = (work: Work, bytes: number): readonly number[] =>
    [work.transitions, work.stateWork, work.walkSteps].map((count) => count / bytes);

  test.each([
    ['short', 300, 100],
    ['of one pass', 6, 15_000],
    ['of many blocks', 1, 80_000],
  ])(
    'cost a bounded amount for each byte: %s',
    (_, count, length) => {
      const patterns = ['evil[ab]{18}a[ab]*$', '([ab]{17}b)([ab]*)$'];
      const set = PatternSet.compile(patterns, { maxMemoryBytes: leastMemory(patterns), report: 'all' });
      for (let round = 0; round < 3; round++) {
        const random = randomLetters('ab', round + 1);
        const bytes = linesOf(Array.from({ length: count }, () => `evil${random(length)}`));
        const work = workDuring(set, () => set.scan(bytes, () => {}));
        const [transitions, stateWork, walkSteps] = perByte(work, bytes.length) as [number, number, number];
        expect(transitions).toBeLessThan(4 * patterns.length);
        expect(stateWork).toBeLessThan(200 * patterns.length);
        expect(walkSteps).toBeLessThan(8 * patterns.length);
      }
    },
    60_000,
  );
});
