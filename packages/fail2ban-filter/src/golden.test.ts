import type { Failure, Reject } from '@sluice/pipeline';
import { Conformance } from '../../../tools/testing/conformance.ts';
import { describeWith } from '../../../tools/testing/describe-with.ts';
import { corpus } from '../../../tools/testing/fail2ban-corpus.ts';
import type { Fail2banFilter } from './fail2ban-filter.ts';
import { type CorpusCase, corpusCases, corpusFilters, expectedOutcome, type Outcome } from './testing/corpus-cases.ts';
import { corpusNowMs } from './testing/corpus-time.ts';
import { knownDifference } from './testing/known-difference.ts';

const outcomeOf = (failure: Failure | undefined): Outcome | undefined =>
  failure && {
    id: failure.id,
    pattern: failure.pattern,
    timeMs: failure.timeMs,
    groups: { ...failure.groups },
    matches: failure.matches ?? [failure.line],
  };

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

/** fail2ban puts a time before lines that carry none, where it tells of them; we tell of lines as they are. */
function withOurLines(theirs: Outcome | undefined, ours: Outcome | undefined): Outcome | undefined {
  if (theirs === undefined || ours === undefined) return theirs;
  const matches = theirs.matches.map((line, index) => {
    const own = ours.matches[index];
    return own !== undefined && line.endsWith(own) ? own : line;
  });
  return { ...theirs, matches };
}

describeWith([corpus], "fail2ban's sample logs", () => {
  const golden = 'cases.jsonl';
  const reasons = knownDifference(golden);
  const goldens = (ways: readonly string[]): readonly (readonly [string, Conformance])[] =>
    ways.map((way) => [way, new Conformance(`${golden}: ${way}`, reasons)]);
  const cases = corpus.isThere ? corpusCases() : [];
  const inFiles = cases.filter(({ journal }) => !journal);

  function compare(
    conformance: Conformance,
    rows: readonly CorpusCase[],
    ask: (row: CorpusCase) => Outcome | undefined,
  ) {
    for (const row of rows) {
      const outcome = ask(row);
      conformance.row(row.id, outcome, withOurLines(expectedOutcome(row), outcome));
    }
    conformance.expectAll(rows === cases ? 1627 : 1382);
  }

  test.each(goldens(['each by itself, line by line']))('%s: failures, times and groups', (_, conformance) => {
    const fresh = corpusFilters();
    compare(conformance, cases, (row) => askByLine(fresh(row), row));
  });

  test.each(goldens(['each by itself, in chunks', 'each by itself, in chunks without prefilter']))(
    '%s: failures, times and groups',
    (way, conformance) => {
      const fresh = corpusFilters({ prefilter: !way.endsWith('without prefilter') });
      compare(conformance, inFiles, (row) => askByChunk(fresh(row), row));
    },
  );

  test.each(goldens(['in order by one filter, line by line', 'in order by one filter, in chunks']))(
    '%s: failures, times and groups',
    (way, conformance) => {
      const [rows, ask] = way.endsWith('chunks') ? ([inFiles, askByChunk] as const) : ([cases, askByLine] as const);
      const fresh = corpusFilters();
      const filters = new Map<string, Fail2banFilter>();
      compare(conformance, rows, (row) => {
        const filter = filters.get(row.instance) ?? fresh(row);
        filters.set(row.instance, filter);
        return ask(filter, { ...row, lines: [row.line] });
      });
    },
  );

  test('differ only where an address is not valid, which is said', () => {
    const rejects: Reject[] = [];
    const fresh = corpusFilters({ rejects: { next: (reject) => rejects.push(reject) } });
    const known = cases.filter(({ id }) => reasons(id) !== undefined);
    expect(known).toHaveLength(7);
    for (const row of known) expect(askByLine(fresh(row), row)).toBeUndefined();
    expect(rejects.map(({ code, value }) => [code, value])).toEqual(
      known.map((row) => ['ERR_FAIL2BAN_FILTER_ADDRESS', expectedOutcome(row)?.id]),
    );
  });
});
