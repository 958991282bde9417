import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { compareScans, type ScanCase } from '../testing/compare-scan.ts';
import { corpus, corpusFilters } from '../testing/corpus.ts';
import type { GeneratedLine } from '../testing/generate-lines.ts';
import { changed, changes } from '../testing/mutate.ts';
import { python } from '../testing/python-re.ts';

/** Most changed lines of a filter. */
const linesOfFilter = 30;
/** Lines that the regexes of all filters are searched for in. */
const linesOfAll = 120;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Each text with some bytes changed, and a cut between two of its characters. */
function changedLines(texts: readonly string[], seed: number): readonly GeneratedLine[] {
  const rows = fc.sample(fc.tuple(fc.constantFrom(...texts), changes, fc.nat(), fc.nat()), {
    numRuns: linesOfFilter,
    seed,
  });
  return rows.map(([line, todo, first, second]) => {
    const bytes = changed(line, todo);
    const text = decoder.decode(bytes);
    const units = Array.from(text);
    const offsets = [first, second].map((pick) => units.slice(0, pick % Math.max(1, units.length)).join('').length);
    return { text, bytes, cut: { start: Math.min(...offsets), end: Math.max(...offsets) } };
  });
}

/** The regexes with Python's MULTILINE, or those without. */
const sourcesOf = (filters: ReturnType<typeof corpusFilters>, multiline: boolean): readonly string[] => [
  ...new Set(
    filters.flatMap(({ regexes }) =>
      regexes.filter(({ flags }) => (flags === 'm') === multiline).map(({ source }) => source),
    ),
  ),
];

describeWith([python, corpus], "fail2ban's stock filters on lines with changed bytes, as CPython has it", () => {
  const filters = corpus.isThere ? corpusFilters().filter(({ lines }) => lines.length > 0) : [];

  test.each([
    ['whole', false],
    ['cut', true],
  ])(
    'each filter on its own lines, %s',
    (_, isCut) => {
      const cases = filters.flatMap((filter, index) =>
        [false, true].map(
          (multiline): ScanCase => ({
            patterns: sourcesOf([filter], multiline),
            lines: changedLines(filter.lines, index),
            multiline,
            finalBreak: true,
            isCut,
          }),
        ),
      );
      const result = compareScans(cases);
      expect(result).toMatchObject({ differences: [], skipped: 0 });
      expect(result.compared).toBeGreaterThan(10_000);
      expect(result.matched).toBeGreaterThan(isCut ? 200 : 500);
    },
    120_000,
  );

  test('all filters together on lines of all', () => {
    const all = filters.flatMap(({ lines }, index) => changedLines(lines, 1000 + index));
    const step = Math.floor(all.length / linesOfAll);
    const lines = all.filter((_, index) => index % step === 0);
    const asked = { patterns: sourcesOf(filters, false), lines, multiline: false, finalBreak: true, isCut: false };
    const result = compareScans([asked]);
    expect(result).toMatchObject({ differences: [], skipped: 0 });
    expect(result.compared).toBeGreaterThan(50_000);
    expect(result.matched).toBeGreaterThan(100);
  }, 120_000);
});
