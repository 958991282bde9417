import fc from 'fast-check';
import { type Cells, eitherCase } from '../literals/literal.ts';
import type { LiteralOffers } from '../literals/required.ts';
import { type KernelName, kernelNames, kernels } from './kernels.ts';
import { blockBytes, Descriptor } from './layout.ts';
import { planPrefilter } from './plan-prefilter.ts';
import { cellsOf } from './testing/cells-of.ts';
import { naiveLines } from './testing/naive-lines.ts';
import { PrefilterScanner } from './testing/prefilter-scanner.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const scannerOf = (patterns: readonly LiteralOffers[], kernel?: KernelName): PrefilterScanner =>
  new PrefilterScanner(planPrefilter(patterns, { cuts: 'none', ...(kernel === undefined ? {} : { kernel }) }));

/** A literal that is just long enough for a kernel. */
const shortestFor = (kernel: KernelName): string => 'q/x7Zk#w9!vB'.slice(0, kernels[kernel].minBytes);

describe.each(kernelNames)('the %s kernel', (kernel) => {
  test.each([
    ['its shortest literal', shortestFor(kernel)],
    ['a longer one', `${shortestFor(kernel)}-and-more`],
  ])('finds %s wherever it stands', (_, literal) => {
    const scanner = scannerOf([[[cellsOf(literal)]]], kernel);
    const missed: number[] = [];
    const around = [...Array(128).keys(), ...Array.from({ length: 64 }, (_, i) => blockBytes - 48 + i)];
    for (const offset of around) {
      const bytes = new Uint8Array(offset + literal.length).fill(0x61);
      bytes.set(encode(literal), offset);
      const lines = scanner.scan(bytes);
      if (lines.length !== 1 || lines[0]?.end !== bytes.length) missed.push(offset);
    }
    expect(missed).toEqual([]);
  });

  test('finds no literal that goes beyond the end', () => {
    const literal = shortestFor(kernel);
    const scanner = scannerOf([[[cellsOf(literal)]]], kernel);
    const bytes = encode(`${'-'.repeat(70)}${literal}`);
    // What is cut off still stands in the memory from the scan before, behind the end.
    expect(scanner.scan(bytes)).toHaveLength(1);
    expect(scanner.scan(bytes.subarray(0, bytes.length - 1))).toEqual([]);
  });
});

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...cellsOf('ab'), 0x61 + eitherCase, 0x62 + eitherCase) },
  { weight: 1, arbitrary: fc.constantFrom(...cellsOf('AB./ \0\x7f\r')) },
);

const literalFrom = (least: number): fc.Arbitrary<Cells> =>
  fc.array(cell, { minLength: least, maxLength: least + 7 }) as fc.Arbitrary<Cells>;

const patternsFrom = (least: number): fc.Arbitrary<readonly LiteralOffers[]> =>
  fc.array(
    fc.oneof(
      { weight: 15, arbitrary: fc.array(literalFrom(least), { minLength: 1, maxLength: 3 }).map((set) => [set]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    { minLength: 1, maxLength: 40 },
  );

/** Pieces of text: of the literals, nearly them, and what is none. */
const textFrom = (patterns: readonly LiteralOffers[]): fc.Arbitrary<Uint8Array> => {
  const literals = patterns.flatMap((offers) => offers[0] ?? []);
  const written = (cells: Cells): fc.Arbitrary<readonly number[]> =>
    fc.boolean().map((upper) => cells.map((code) => (code & 0xff) ^ (upper && code >= eitherCase ? 0x20 : 0)));
  const literal = literals.length === 0 ? fc.constant([]) : fc.constantFrom(...literals).chain(written);
  const piece = fc.oneof(
    literal,
    literal.map((bytes) => bytes.slice(0, -1)),
    fc.constantFrom([10], [10], [0], [0xff], [0x61], [0x62], [13, 10]),
    fc.constantFrom(100, 1000, 40_000).map((count) => Array<number>(count).fill(0x7a)),
  );
  return fc.array(piece, { maxLength: 40 }).map((pieces) => Uint8Array.from(pieces.flat()));
};

describe('the lines listed', () => {
  test.each([...kernelNames, undefined])('by %s are those that hold a literal, with their patterns', (kernel) => {
    let found = 0;
    // Two bytes may be too common to be looked for.
    const least = kernel === undefined ? 3 : Math.max(3, kernels[kernel].minBytes);
    const cases = patternsFrom(least).chain((patterns) =>
      fc.record({
        patterns: fc.constant(patterns),
        bytes: textFrom(patterns),
        shift: fc.nat(63),
        room: fc.constantFrom(3 + patterns.length, 10 + patterns.length, 1000),
      }),
    );
    fc.assert(
      fc.property(cases, ({ patterns, bytes, shift, room }) => {
        const expected = naiveLines(patterns, bytes);
        found += expected.length;
        expect(scannerOf(patterns, kernel).scan(bytes, Math.max(room, 3 + patterns.length), shift)).toEqual(expected);
      }),
      { numRuns: 120, seed: 3 },
    );
    expect(found).toBeGreaterThan(80);
  });

  test.each([1, 31, 32, 33, 1000, 5000])('are right for %i patterns, of which some ask for the same', (count) => {
    const patterns = Array.from({ length: count }, (_, id) => [
      [cellsOf(`name-${id % 700}.php`), cellsOf('shared by all')],
    ]);
    const lines = ['name-699.php', 'nothing', 'name-0.php name-31.php', '', 'shared by all'];
    const bytes = encode(lines.join('\n'));
    expect(scannerOf(patterns).scan(bytes)).toEqual(naiveLines(patterns, bytes));
  });

  test('are all lines, with the patterns without literals, where there are such', () => {
    const patterns = [[], [[cellsOf('needle')]], []];
    const bytes = encode('\nhay\n\nhay needle hay\nhay');
    expect(scannerOf(patterns).scan(bytes)).toEqual([
      { start: 0, end: 0, patterns: [0, 2] },
      { start: 1, end: 4, patterns: [0, 2] },
      { start: 5, end: 5, patterns: [0, 2] },
      { start: 6, end: 20, patterns: [0, 1, 2] },
      { start: 21, end: 24, patterns: [0, 2] },
    ]);
  });

  test('are none of no bytes', () => {
    expect(scannerOf([[]]).scan(new Uint8Array(0))).toEqual([]);
    expect(scannerOf([[[cellsOf('needle')]]]).scan(new Uint8Array(0))).toEqual([]);
  });

  test('are none where nothing is asked for', () => {
    expect(scannerOf([]).scan(encode('a\nb'))).toEqual([]);
  });

  test('do not depend on a scan that was left in the middle', () => {
    const scanner = scannerOf([[[cellsOf('needle')]], [[cellsOf('thread')]]]);
    const bytes = encode('a needle\n'.repeat(100));
    const start = scanner.place(bytes);
    const out = scanner.memory.alloc(100);
    scanner.wasm.beginLines(scanner.descriptor, start, start + bytes.length);
    expect(scanner.wasm.nextLines(out, 5)).toBe(4);
    expect(scanner.scan(encode('no\nthread'))).toEqual([{ start: 3, end: 9, patterns: [1] }]);
  });

  test('stay right when the count of lines wraps around', () => {
    const scanner = scannerOf([[[cellsOf('needle')]]]);
    const bytes = encode('a needle and a needle\n'.repeat(10));
    const expected = scanner.scan(bytes);
    scanner.memory.u32[(scanner.descriptor >>> 2) + Descriptor.stamp] = 0xffff_fffc;
    expect(scanner.scan(bytes)).toEqual(expected);
    expect(scanner.scan(bytes)).toEqual(expected);
    expect(expected).toHaveLength(10);
  });
});

describe('the work', () => {
  const work = (scanner: PrefilterScanner, bytes: Uint8Array): number => {
    const before = scanner.counters;
    scanner.scan(bytes);
    const after = scanner.counters;
    return after.candidates + after.steps + after.confirmed - before.candidates - before.steps - before.confirmed;
  };

  test.each([
    ['holds 400 literals of 1000', Array.from({ length: 400 }, (_, i) => `name-${i}.php`).join(' ')],
    ['repeats one literal', 'name-7.php'],
    ['repeats the beginning of all literals', 'name-'],
    ['repeats the end of all literals', '.php'],
    ['is one character', 'a'],
  ])('on a line that %s grows as the line does, and no faster', (_, text) => {
    const patterns = Array.from({ length: 1000 }, (_, id) => [[cellsOf(`name-${id}.php`)]]);
    const scanner = scannerOf(patterns);
    const line = (times: number): Uint8Array => encode(text.repeat(Math.ceil((20_000 * times) / text.length)));
    const once = work(scanner, line(1));
    expect(work(scanner, line(8))).toBeLessThanOrEqual(8.2 * once + 1000);
    // A few steps for each byte, however many the patterns.
    expect(once).toBeLessThan(20_000 * 8);
  });
});
