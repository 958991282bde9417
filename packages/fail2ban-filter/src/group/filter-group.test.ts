import { CounterMetrics, type Failure, fixedClock, type Reject } from '@sluice/pipeline';
import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import { compileFilter } from '../compile-filter.ts';
import type { Fail2banFilter } from '../fail2ban-filter.ts';
import type { FilterSource } from '../filter-source.ts';
import { filterMetrics } from '../metrics.ts';
import type { NamedFailure } from '../named-failure.ts';
import type { FilterNotice, FilterOptions } from '../options.ts';
import { chunkOf } from '../testing/chunks.ts';
import { type CorpusCase, type CorpusFilter, corpusCases } from '../testing/corpus-cases.ts';
import { corpusNowMs, corpusZone } from '../testing/corpus-time.ts';
import { FilterGroup } from './filter-group.ts';

const clock = fixedClock(corpusNowMs);

/** A filter with everything it says. */
function listen(source: FilterSource, options: FilterOptions = {}) {
  const rejects: Reject[] = [];
  const notices: FilterNotice[] = [];
  const named: string[] = [];
  const metrics = new CounterMetrics();
  const filter = compileFilter(source, {
    clock,
    metrics,
    useDns: 'raw',
    timeZone: corpusZone,
    rejects: { next: (reject) => rejects.push(reject) },
    onNotice: (notice) => notices.push(notice),
    names: ({ hostName }: NamedFailure) => named.push(hostName),
    ...options,
  });
  const said = (): unknown => ({
    rejects,
    notices,
    named,
    counts: Object.values(filterMetrics).map((name) => metrics.get(name)),
  });
  return { filter, said };
}

const alone = (filters: readonly Fail2banFilter[], chunks: readonly string[]): Failure[][] => {
  const found = filters.map((): Failure[] => []);
  let offset = 0;
  for (const chunk of chunks) {
    for (const [index, filter] of filters.entries())
      filter.process(chunkOf(chunk, { offset }), (failure) => found[index]?.push(failure));
    offset += Buffer.byteLength(chunk);
  }
  return found;
};

const together = (filters: readonly Fail2banFilter[], chunks: readonly string[]): Failure[][] => {
  const found = filters.map((): Failure[] => []);
  const group = new FilterGroup(filters);
  let offset = 0;
  for (const chunk of chunks) {
    group.process(chunkOf(chunk, { offset }), (failure, index) => found[index]?.push(failure));
    offset += Buffer.byteLength(chunk);
  }
  return found;
};

const door: FilterSource = {
  name: 'door',
  prefRegex: '^\\s*<F-MLFID>door\\[\\d+\\]</F-MLFID>: <F-CONTENT>.+</F-CONTENT>$',
  failRegex: [
    '^wrong key(?: for <F-USER>\\w+</F-USER>)?(?: from <HOST>)?$',
    '^<F-NOFAIL>knock</F-NOFAIL>(?: by <F-USER>\\w+</F-USER>)?(?: from <HOST>)?$',
    '^<F-MLFGAINED>opened</F-MLFGAINED> for <F-USER>\\w+</F-USER>',
    '^<F-NOFAIL><F-MLFFORGET>left</F-MLFFORGET></F-NOFAIL>(?: from <HOST>)?$',
  ],
  ignoreRegex: ['from 192\\.0\\.2\\.9$'],
};
const plain: FilterSource = { name: 'plain', failRegex: ['key .*from <HOST>', '^ *left <F-ID>\\d+</F-ID>$'] };
const window: FilterSource = { name: 'window', maxLines: 2, failRegex: ['knock.*<SKIPLINES>.*left from <HOST>'] };
/** Of its regexes one needs nothing that can be looked for. */
const open: FilterSource = { name: 'open', failRegex: ['^\\s*<F-ID>\\d+</F-ID>$', 'wrong.*from <HOST>'] };

const host = fc.constantFrom('192.0.2.1', '192.0.2.9', '999.1.1.1', 'example.org', '2001:db8::7');
const words = fc.oneof(
  host.map((text) => `wrong key for bob from ${text}`),
  host.map((text) => `knock by eve from ${text}`),
  host.map((text) => `left from ${text}`),
  fc.constantFrom(
    'wrong key',
    'knock',
    'opened for bob',
    'left',
    'left 7',
    '17',
    '',
    '\r',
    'left\r\r',
    'wröng key',
    'x',
  ),
);
const date = fc.constantFrom(
  '',
  'Aug 14 11:59:59 ',
  'Aug 14 12:00:00 ',
  '2005-08-14 11:00:00 ',
  '[14/Aug/2005:10:00:00 +0000] ',
);
const line = fc
  .tuple(date, fc.constantFrom('', 'door[1]: ', 'door[2]: ', 'wrong '), words, date)
  .map(([before, id, text, behind]) => `${before}${id}${text}${behind.trimEnd()}`);
/** Lines in chunks. */
const chunksOf = fc
  .array(fc.array(line, { minLength: 1, maxLength: 8 }), { maxLength: 6 })
  .map((chunks) => chunks.map((lines) => lines.map((text) => `${text}\n`).join('')));

describe('FilterGroup', () => {
  test('finds for each filter what it finds by itself, and tells its listeners the same', () => {
    const members: [FilterSource, FilterOptions][] = [
      [door, {}],
      [plain, {}],
      [door, {}],
      [window, {}],
      [door, { useDns: 'yes' }],
      [plain, { findTimeMs: 600_000 }],
      [open, {}],
      [door, { useDns: 'yes' }],
      [plain, { prefilter: false }],
      [door, { useDns: 'yes', names: undefined }],
    ];
    fc.assert(
      fc.property(chunksOf, (chunks) => {
        const lone = members.map(([source, options]) => listen(source, options));
        const grouped = members.map(([source, options]) => listen(source, options));
        const expected = alone(
          lone.map(({ filter }) => filter),
          chunks,
        );
        const found = together(
          grouped.map(({ filter }) => filter),
          chunks,
        );
        expect(found).toEqual(expected);
        expect(grouped.map(({ said }) => said())).toEqual(lone.map(({ said }) => said()));
      }),
      { numRuns: 20 },
    );
  });

  test('lets a filter be in several groups, and be fed by itself, without touching its twins', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(chunksOf, fc.nat(3)), { maxLength: 6 }), (turns) => {
        const lone = [listen(door), listen(door), listen(door)].map(({ filter }) => filter);
        const grouped = [listen(door), listen(door), listen(door)].map(({ filter }) => filter);
        const [a, b, c] = grouped as [Fail2banFilter, Fail2banFilter, Fail2banFilter];
        const [all, two] = [new FilterGroup(grouped), new FilterGroup([a, c])];
        for (const [chunks, way] of turns) {
          for (const chunk of chunks) {
            const fed = [[0, 1, 2], [0, 2], [1], [2, 0, 1]][way] as readonly number[];
            const expected: [number, string][] = [];
            const found: [number, string][] = [];
            for (const index of fed) lone[index]?.process(chunkOf(chunk), ({ id }) => expected.push([index, id]));
            if (way === 0) all.process(chunkOf(chunk), ({ id }, index) => found.push([index, id]));
            else if (way === 1) two.process(chunkOf(chunk), ({ id }, index) => found.push([2 * index, id]));
            else
              for (const index of fed) [a, b, c][index]?.process(chunkOf(chunk), ({ id }) => found.push([index, id]));
            const byFilter = (list: [number, string][]): [number, string][] => list.sort(([x], [y]) => x - y);
            expect(byFilter(found)).toEqual(byFilter(expected));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  test('is nothing without filters', () => {
    expect(together([], ['wrong key from 192.0.2.1\n'])).toEqual([]);
  });
});

describeWith([corpus], "all of fail2ban's stock filters over its sample logs", () => {
  const isIn = ({ filter }: { filter: string }): boolean => !filter.startsWith('zzz');
  const rows = corpus.isThere ? corpusLines<CorpusFilter>('filters.jsonl').filter(isIn) : [];
  const sources = rows.map(
    ({ filter, failregex, ignoreregex, prefregex, datepattern, maxlines }): FilterSource => ({
      name: filter,
      failRegex: failregex,
      ignoreRegex: ignoreregex,
      prefRegex: prefregex ?? undefined,
      datePattern: datepattern ?? undefined,
      maxLines: maxlines ?? undefined,
    }),
  );
  const lines = corpus.isThere ? [...new Set(corpusCases().map(({ line: text }: CorpusCase) => text))] : [];

  test('find in one group what each finds alone', () => {
    const options: FilterOptions = { useDns: 'raw', timeZone: corpusZone, clock };
    const some = sources.filter((_, index) => index % 3 === 0);
    const make = (): Fail2banFilter[] => some.map((source) => compileFilter(source, options));
    const chunks: string[] = [];
    for (let at = 0; at < lines.length; at += 97) chunks.push(`${lines.slice(at, at + 97).join('\n')}\n`);
    const outcome = (found: Failure[][]): unknown =>
      found.map((failures) =>
        failures.map(({ id, timeMs, offset, pattern, groups }) => ({ id, timeMs, offset, pattern, groups })),
      );
    expect(outcome(together(make(), chunks))).toEqual(outcome(alone(make(), chunks)));
  });
});
