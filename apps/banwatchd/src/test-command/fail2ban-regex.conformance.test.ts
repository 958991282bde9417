import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { corpus } from '../../../../tools/testing/fail2ban-corpus.ts';
import { askFail2banRegex } from './testing/ask-fail2ban-regex.ts';
import { comparable, runHere } from './testing/run-here.ts';
import { sampleLog, stockFilters } from './testing/sample-log.ts';

const { differences } = JSON.parse(
  readFileSync(new URL('../../testdata/summary-differences.json', import.meta.url), 'utf8'),
) as { differences: { cases: string[] }[] };
const leftOut = new Set(differences.flatMap(({ cases }) => cases));

const lineCount = 300;
const shownDifferences = 3;

/** The first lines that differ, ours against theirs. */
const firstDifferences = (ours: readonly string[], theirs: readonly string[]): readonly string[] =>
  Array.from({ length: Math.max(ours.length, theirs.length) }, (_, at) =>
    ours[at] === theirs[at] ? [] : [`line ${at + 1}: ${ours[at]?.slice(0, 300)} <-> ${theirs[at]?.slice(0, 300)}`],
  )
    .flat()
    .slice(0, shownDifferences);

describeWith([pythonModule('fail2ban', 'fail2ban'), corpus], 'the summary of fail2ban-regex', () => {
  const rows = new Conformance('fail2ban-regex on generated logs, line for line');
  const filters = corpus.isThere ? stockFilters() : [];
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'banwatch-conformance-'));
    for (const filter of filters)
      writeFileSync(path.join(folder, `${filter}.log`), sampleLog(filter, lineCount, leftOut));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const argsOf = (filter: string, more: readonly string[]): string[] => [
    '-r',
    ...more,
    path.join(folder, `${filter}.log`),
    filter,
  ];

  test('is printed for every stock filter, with all lines, and with the first regex only', async () => {
    const forms = [
      ['--print-all-missed', '--print-all-ignored', '--print-all-matched'],
      ['--no-check-all'],
      ['-o', 'row'],
    ];
    const runs = filters.flatMap((filter) => forms.map((form) => ({ filter, form })));
    const theirs = askFail2banRegex(runs.map(({ filter, form }) => argsOf(filter, form)));
    for (const [index, { filter, form }] of runs.entries()) {
      const ours = await runHere(argsOf(filter, form));
      const expected = theirs[index];
      if (expected === undefined) throw new Error(`no answer for ${filter}`);
      rows.row(`${filter} ${form.join(' ')}`, firstDifferences(comparable(ours), comparable(expected)), []);
    }
    rows.expectAll(filters.length * forms.length);
  }, 120_000);
});
