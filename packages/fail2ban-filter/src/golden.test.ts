import { readFileSync } from 'node:fs';
import type { Failure, Reject } from '@sluice/pipeline';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { corpus } from '../../../tools/testing/fail2ban-corpus.ts';
import type { Fail2banFilter } from './fail2ban-filter.ts';
import { type CorpusCase, corpusCases, corpusFilters, expectedOutcome, type Outcome } from './testing/corpus-cases.ts';
import { corpusNowMs } from './testing/corpus-time.ts';

const known: { differences: { cases: string[] }[] } = JSON.parse(
  readFileSync(new URL('../testdata/known-differences.json', import.meta.url), 'utf8'),
);
const knownIds = known.differences.flatMap(({ cases }) => cases);

const outcomeOf = (failure: Failure | undefined): Outcome | undefined =>
  failure && { id: failure.id, pattern: failure.pattern, timeMs: failure.timeMs, groups: failure.groups };

const asText = (outcome: Outcome | undefined): string | undefined =>
  outcome && JSON.stringify({ ...outcome, groups: Object.entries(outcome.groups).sort() });

/** What becomes of a case's last line, line by line. */
function askByLine(filter: Fail2banFilter, { lines, journal }: CorpusCase): Outcome | undefined {
  const options = journal ? { timeMs: corpusNowMs } : {};
  return lines.map((line) => outcomeOf(filter.processLine(line, options))).at(-1);
}

/** The same, as one chunk of a log. */
function askByChunk(filter: Fail2banFilter, { lines }: CorpusCase): Outcome | undefined {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const lastOffset = bytes.length - Buffer.byteLength(`${lines.at(-1)}\n`);
  let last: Failure | undefined;
  filter.process({ source: { id: 'log', path: '/log' }, bytes, offset: 0, live: false }, (failure) => {
    if (failure.offset === lastOffset) last = failure;
  });
  return outcomeOf(last);
}

/** Ids of the cases whose outcome is not fail2ban's. */
const differing = (cases: readonly CorpusCase[], ask: (row: CorpusCase) => Outcome | undefined): string[] =>
  cases.filter((row) => asText(ask(row)) !== asText(expectedOutcome(row))).map(({ id }) => id);

describeWith([corpus], "fail2ban's sample logs", () => {
  const cases = corpus.isThere ? corpusCases() : [];
  const inFiles = cases.filter(({ journal }) => !journal);
  const knownInFiles = inFiles.map(({ id }) => id).filter((id) => knownIds.includes(id));

  test('are all there', () => {
    expect(cases).toHaveLength(1627);
    expect(inFiles).toHaveLength(1382);
  });

  test('give fail2ban’s failures, times and groups, save the known differences', () => {
    const fresh = corpusFilters();
    expect(differing(cases, (row) => askByLine(fresh(row), row))).toEqual(knownIds);
  });

  test.each([true, false])('give the same in chunks, with prefilter: %s', (prefilter) => {
    const fresh = corpusFilters({ prefilter });
    expect(differing(inFiles, (row) => askByChunk(fresh(row), row))).toEqual(knownInFiles);
  });

  test.each([
    ['line by line', cases, knownIds, askByLine],
    ['in chunks', inFiles, knownInFiles, askByChunk],
  ] as const)('give the same to a filter that has read all lines before them, %s', (_, rows, expected, ask) => {
    const fresh = corpusFilters();
    const filters = new Map<string, Fail2banFilter>();
    const askInTurn = (row: CorpusCase): Outcome | undefined => {
      const filter = filters.get(row.instance) ?? fresh(row);
      filters.set(row.instance, filter);
      return ask(filter, { ...row, lines: [row.line] });
    };
    expect(differing(rows, askInTurn)).toEqual(expected);
  });

  test('differ only where an address is not valid, which is said', () => {
    const rejects: Reject[] = [];
    const fresh = corpusFilters({ rejects: { next: (reject) => rejects.push(reject) } });
    const knownCases = cases.filter(({ id }) => knownIds.includes(id));
    for (const row of knownCases) expect(askByLine(fresh(row), row)).toBeUndefined();
    expect(rejects.map(({ code, value }) => [code, value])).toEqual(
      knownCases.map((row) => ['ERR_FAIL2BAN_FILTER_ADDRESS', expectedOutcome(row)?.id]),
    );
  });
});
