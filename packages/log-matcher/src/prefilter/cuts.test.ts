import fc from 'fast-check';
import type { Cells } from '../literals/literal.ts';
import type { LiteralOffers } from '../literals/required.ts';
import { planPrefilter } from './plan-prefilter.ts';
import { cellsOf } from './testing/cells-of.ts';
import { holds } from './testing/naive-lines.ts';
import { PrefilterScanner } from './testing/prefilter-scanner.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const scannerOf = (patterns: readonly LiteralOffers[]): PrefilterScanner =>
  new PrefilterScanner(planPrefilter(patterns, { cuts: 'any' }));

const listed = (scanner: PrefilterScanner, text: string): readonly number[] =>
  scanner.scan(encode(text)).flatMap(({ patterns }) => [...patterns]);

describe('where a span may be cut out of a line', () => {
  test.each(['abc', 'abcd', 'abcde', '/config.php', 'Failed password for', 'x'.repeat(48), `${'long '.repeat(30)}end`])(
    'the line is listed wherever the cut goes through %j',
    (literal) => {
      const scanner = scannerOf([[[cellsOf(literal)]]]);
      const missed = [...literal.slice(1)]
        .map((_, i) => i + 1)
        .filter((at) => {
          const line = `before ${literal.slice(0, at)}2024-10-10 13:55:36${literal.slice(at)} behind`;
          return listed(scanner, line).length !== 1;
        });
      expect(missed).toEqual([]);
    },
  );

  test('no cut makes a pattern lose its line', () => {
    let joined = 0;
    const literal = fc.string({ unit: fc.constantFrom(...'abc'), minLength: 3, maxLength: 14 });
    const text = fc.string({ unit: fc.constantFrom(...'abcABC '), maxLength: 12 });
    const patterns = fc.array(fc.tuple(literal, fc.boolean()), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(patterns, text, text, text, fc.nat(20), (texts, before, span, behind, at) => {
        const sets: readonly Cells[] = texts.map(([chars, anyCase]) => cellsOf(chars, anyCase));
        const [chars] = texts[0] as (typeof texts)[number];
        const inside = at % (chars.length + 1);
        const start = `${before}${chars.slice(0, inside)}`;
        const end = `${chars.slice(inside)}${behind}`;
        const line = `${start}${span}${end}`;
        const ids = new Set(listed(scannerOf(sets.map((cells) => [[cells]])), line));
        for (const [id, cells] of sets.entries()) {
          if (!holds(encode(start + end), cells) && !holds(encode(line), cells)) continue;
          if (!holds(encode(line), cells)) joined += 1;
          expect(ids.has(id)).toBe(true);
        }
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(joined).toBeGreaterThan(80);
  });

  test('a literal that a cut may leave no piece of is not looked for', () => {
    const { always, texts } = planPrefilter([[[cellsOf('ab')]], [[cellsOf('abc')]]], { cuts: 'any' });
    expect(always).toEqual([0]);
    expect(texts).toEqual([undefined, ['abc']]);
  });

  test.each([
    ['/2024-10-10*.php', [0]],
    ['a.php', []],
    ['.php and then /*', []],
    [`/*${'-'.repeat(5000)}.php`, [0]],
    [`/*\n${'-'.repeat(500)}.php`, []],
    [`${'-'.repeat(5000)}.php`, [0]],
    ['/*.', []],
    ['/*. and more php', [0]],
    ['x.php.php.php /*.php', [0]],
    ['/* .php .php', [0]],
  ])('of %j, for /*.php, %j are listed', (line, expected) => {
    expect(listed(scannerOf([[[cellsOf('/*.php')]]]), line)).toEqual(expected);
  });

  test('what one line was searched for without success is not believed of the next', () => {
    const scanner = scannerOf([[[cellsOf('/*.php')]]]);
    const lines = ['a.php', '/*-.php', 'a.php', '.php', '/*-.php', '/*. x', '/*. php', '/*. x'];
    const scan = (): readonly number[] => scanner.scan(encode(lines.join('\n'))).map(({ start }) => start);
    expect(scan()).toEqual([6, 25, 39]);
    expect(scan()).toEqual([6, 25, 39]);
  });

  test('lines without a piece are not listed', () => {
    expect(listed(scannerOf([[[cellsOf('/config.php')]]]), 'nothing\nof the kind\n')).toEqual([]);
  });
});
