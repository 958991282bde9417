import { describeWith } from '../../../tools/testing/describe-with.ts';
import { PatternSet } from './pattern-set.ts';
import { compareWithPython } from './testing/answers.ts';
import { corpus, corpusFilters } from './testing/corpus.ts';
import { askPython, type PythonCase, python } from './testing/python-re.ts';

describeWith([python, corpus], "fail2ban's stock filters on their sample lines", () => {
  test('every regex gives the groups of every line as CPython does', () => {
    const cases = corpusFilters().flatMap(({ regexes, lines }) =>
      regexes.flatMap(({ source, flags }) => lines.map((line): PythonCase => [source, flags, `${line}\n`])),
    );
    expect(cases.length).toBeGreaterThan(50_000);
    const result = compareWithPython(cases, askPython(cases));
    expect(result).toMatchObject({ differences: [], compared: cases.length });
    expect(result.matched).toBeGreaterThan(2500);
  });
});

describeWith([corpus], "fail2ban's stock filters", () => {
  test('run on V8 but for those that V8 answers differently, which say why', () => {
    const sources = [...new Set(corpusFilters().flatMap(({ regexes }) => regexes.map(({ source }) => source)))];
    const { patterns } = PatternSet.compile(sources);
    const own = patterns.filter(({ engine }) => engine === 'backtracker');
    expect(own.length).toBeLessThan(patterns.length / 10);
    expect(own.every(({ reason }) => reason !== undefined)).toBe(true);
  });

  test('lose no match to the prefilter, with and without the date in the line', () => {
    for (const { name, regexes, lines } of corpusFilters()) {
      for (const multiline of [false, true]) {
        const sources = regexes.filter(({ flags }) => (flags === 'm') === multiline).map(({ source }) => source);
        if (sources.length === 0) continue;
        const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
        const matches = (prefilter: boolean): string[] => {
          const found: string[] = [];
          const set = PatternSet.compile(sources, { finalBreak: true, multiline, report: 'all', prefilter });
          set.scan(bytes, (match) => found.push(`${match.line.offset} ${match.pattern} ${match.text()}`));
          return found;
        };
        expect([name, matches(true)]).toEqual([name, matches(false)]);
      }
    }
  });
});
