import fc from 'fast-check';
import { describeWith } from '../../../../tools/testing/describe-with.ts';
import { corpus, corpusLines } from '../../../../tools/testing/fail2ban-corpus.ts';
import type { FilterSource } from '../filter-source.ts';
import type { CorpusCase, CorpusFilter } from '../testing/corpus-cases.ts';
import { LineReporter } from './line-reporter.ts';
import { LogReporter } from './log-reporter.ts';
import { ReportTally } from './report-tally.ts';

interface Way {
  readonly prefilter: boolean;
  /** Lines of each chunk in turn. */
  readonly chunks?: readonly number[];
}

function chunksOf(lines: readonly string[], sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < lines.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? lines.length;
    chunks.push(
      Buffer.from(
        lines
          .slice(at, at + size)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    at += size;
  }
  return chunks;
}

/** All that a summary is made of. */
function reported(compiled: LineReporter, lines: readonly string[], { prefilter, chunks }: Way): object {
  const reporter = compiled.fresh();
  const { fail, ignore } = reporter.rules;
  const tally = new ReportTally(fail.patterns.length, ignore?.patterns.length ?? 0, { missed: 'all', ignored: 'all' });
  const log = new LogReporter(reporter, tally, { prefilter });
  for (const chunk of chunksOf(lines, chunks ?? [lines.length])) log.process(chunk);
  const { tested, matched, ignored, missed, prefixed, failHits, ignoreHits, missedLines, ignoredLines } = tally;
  const dates = reporter.dateTemplates.map(({ template, hits }) => `${hits} ${template.name}`);
  return { tested, matched, ignored, missed, prefixed, failHits, ignoreHits, missedLines, ignoredLines, dates };
}

const sshd: FilterSource = {
  prefRegex: String.raw`^(?:\S+ )?<F-MLFID>(?:sshd\[\d+\]: )?</F-MLFID><F-CONTENT>.+</F-CONTENT>$`,
  failRegex: [
    '^Failed \\S+ for <F-USER>\\S+</F-USER> from <HOST>',
    '^<F-NOFAIL>Connection closed</F-NOFAIL> by <HOST>',
    '^<F-NOFAIL><F-MLFGAINED>Accepted</F-MLFGAINED></F-NOFAIL> \\S+ for \\S+ from <HOST>',
    'invalid user \\S+ from <HOST>',
  ],
  ignoreRegex: ['from 192\\.0\\.2\\.1$'],
};

const access: FilterSource = {
  failRegex: ['^<HOST> .* 401 ', '<HOST> - - \\[\\] "GET /x'],
  ignoreRegex: [],
};

const two = (n: number): string => String(n).padStart(2, '0');
const clock = fc.tuple(fc.nat(24), fc.nat(59), fc.nat(61)).map((parts) => parts.map(two).join(':'));
const syslogDate = fc
  .tuple(fc.constantFrom('Nov', 'Feb', 'feb', 'Xyz'), fc.nat(31), clock, fc.constantFrom('', ' 2026', '.5'))
  .map(([month, day, time, more]) => `${month} ${String(day).padStart(2)} ${time}${more}`);
const host = fc.constantFrom('192.0.2.1', '192.0.2.77', '198.51.100.200', '2001:db8::1', '10:20:30::5', 'x.example');
const apacheDate = fc
  .tuple(fc.nat(31), fc.constantFrom('Nov', 'Feb'), clock, fc.constantFrom(' +0100', '', ' Z', '.123'))
  .map(([day, month, time, zone]) => `${two(day)}/${month}/2026:${time}${zone}`);
const user = fc.constantFrom('-', 'alice', '20261123', 'a@b', '@400000005f2d3c4b5a697887deadbeef', 'é', '[x]');
const rest = fc.constantFrom(
  '"GET / HTTP/1.1" 200 5 "-" "Mozilla"',
  '"GET /x HTTP/1.1" 401 5 "-" "me@example.org"',
  '"GET /?t=23/Nov/2026:10:11:12 HTTP/1.1" 200 5 "Nov 23 10:11:12" "@400000005f2d3c4b5a697887"',
);
const accessLine = fc
  .tuple(host, user, apacheDate, rest)
  .map(([address, name, date, request]) => `${address} - ${name} [${date}] ${request}`);
const message = fc.constantFrom(
  'sshd[7]: Failed password for root from 192.0.2.7 port 4',
  'sshd[7]: Failed password for bob from 192.0.2.1',
  'sshd[7]: Connection closed by 192.0.2.7',
  'sshd[8]: Accepted publickey for root from 192.0.2.9',
  'sshd[8]: input: invalid user x from 192.0.2.8',
  'CRON[1]: (root) CMD (x)',
  'é日本 from 192.0.2.8',
  '',
);
const syslogLine = fc.tuple(syslogDate, message).map(([date, text]) => `${date} host ${text}`);
const oddLine = fc.constantFrom(
  '',
  '#x',
  'no date',
  '1795428000 epoch',
  '\r',
  'Nov 23 10:00:00',
  '2026-11-23 10:00:00 iso',
);
const anyLines = fc.array(
  fc.oneof({ weight: 6, arbitrary: syslogLine }, { weight: 6, arbitrary: accessLine }, oddLine),
  {
    minLength: 1,
    maxLength: 60,
  },
);

describe('a report that looks closely only at some lines', () => {
  test.each([
    ['a filter of sessions', sshd],
    ['a filter of access logs', access],
    ['dates at the beginning', { ...sshd, datePattern: '{^LN-BEG}' }],
    ['a date pattern around all others', { ...access, datePattern: '^[^\\[]*\\[({DATE})\n{^LN-BEG}' }],
    ['no dates', { ...access, datePattern: '{NONE}' }],
  ] as const)('is that of all lines, however they are divided: %s', (_, source) => {
    const exact = LineReporter.of(source, { names: 'raw', prefilter: false });
    const counting = LineReporter.of(source, { names: 'raw', keepsData: false });
    fc.assert(
      fc.property(
        anyLines,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        (lines, chunks) => {
          const expected = reported(exact, lines, { prefilter: false });
          expect(reported(exact, lines, { prefilter: true, chunks })).toEqual(expected);
          expect(reported(counting, lines, { prefilter: true })).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describeWith([corpus], "the report on fail2ban's sample logs", () => {
  const rows = corpus.isThere ? corpusLines<CorpusFilter>('filters.jsonl') : [];
  const filters = rows.filter(({ options }) => Object.keys(options).length === 0);
  const cases = corpus.isThere ? corpusLines<CorpusCase>('cases.jsonl') : [];

  test('is the same when only some lines are looked at closely, for every filter', () => {
    for (const { filter, failregex, ignoreregex, prefregex, datepattern, maxlines } of filters) {
      const source: FilterSource = {
        failRegex: failregex,
        ignoreRegex: ignoreregex,
        prefRegex: prefregex ?? undefined,
        datePattern: datepattern ?? undefined,
        maxLines: maxlines ?? undefined,
      };
      const own = cases.filter((row) => row.filter === filter).map(({ line }) => line);
      const others = cases.filter((_, index) => index % 23 === filter.length % 23).map(({ line }) => line);
      const lines = own.slice(0, 60).flatMap((line, index) => [line, others[index % others.length] ?? '']);
      const exact = LineReporter.of(source, { names: 'raw', prefilter: false });
      const compiled = LineReporter.of(source, { names: 'raw', keepsData: false });
      const expected = reported(exact, lines, { prefilter: false });
      expect({ filter, ...reported(compiled, lines, { prefilter: true }) }).toEqual({ filter, ...expected });
    }
  }, 60_000);
});
