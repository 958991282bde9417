import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { compareScans, type ScanCase } from '../testing/compare-scan.ts';
import { lines, patternsWithWords } from '../testing/generate-lines.ts';
import { python } from '../testing/python-re.ts';

const size = { sets: 110, patterns: 40, lines: 25 };

const cases: fc.Arbitrary<ScanCase> = fc.record({
  patterns: fc.array(patternsWithWords, { minLength: size.patterns, maxLength: size.patterns }),
  multiline: fc.boolean(),
  finalBreak: fc.boolean(),
  isCut: fc.boolean(),
  lines: fc.array(lines, { minLength: size.lines, maxLength: size.lines }),
});

describeWith([python], "a scan answers as CPython's re.search on each line", () => {
  test('on 100 000 generated pairs of a pattern and a line, with and without a prefilter, cut and uncut', () => {
    const result = compareScans(fc.sample(cases, { numRuns: size.sets, seed: 11 }));
    expect(result.differences).toEqual([]);
    expect(result.compared).toBeGreaterThan(100_000);
    // The pairs would prove nothing if most were given up on, or never matched.
    expect(result.matched).toBeGreaterThan(20_000);
    expect(result.skipped).toBeLessThan(1000);
  }, 120_000);
});
