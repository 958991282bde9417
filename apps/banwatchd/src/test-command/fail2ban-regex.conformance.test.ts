import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Conformance } from '../../../../tools/testing/conformance.ts';
import { describeWith, pythonModule } from '../../../../tools/testing/describe-with.ts';
import { corpus } from '../../../../tools/testing/fail2ban-corpus.ts';
import { askFail2banRegex } from './testing/ask-fail2ban-regex.ts';
import { comparable, runHere, type ToolRun } from './testing/run-here.ts';
import { sampleLog, stockFilters, stockInstances } from './testing/sample-log.ts';

const { differences } = JSON.parse(
  readFileSync(new URL('../../testdata/summary-differences.json', import.meta.url), 'utf8'),
) as { differences: { what: string; reason: string; cases: string[] }[] };
const leftOut = new Set(differences.flatMap(({ cases }) => cases));

const lineCount = 200;
const shownDifferences = 3;
const shownChars = 300;

/** The first lines that differ, ours against theirs. */
function firstDifferences(our: ToolRun, their: ToolRun): readonly string[] {
  const [ours, theirs] = [comparable(our), comparable(their)];
  const differing = Array.from({ length: Math.max(ours.length, theirs.length) }, (_, at) =>
    ours[at] === theirs[at]
      ? []
      : [`line ${at + 1}: ${ours[at]?.slice(0, shownChars)} <-> ${theirs[at]?.slice(0, shownChars)}`],
  );
  return differing.flat().slice(0, shownDifferences);
}

interface Side {
  readonly what: string;
  readonly args: readonly string[];
}

async function compareAll(rows: Conformance, sides: readonly Side[]): Promise<void> {
  const theirs = askFail2banRegex(sides.map(({ args }) => args));
  for (const [index, { what, args }] of sides.entries())
    rows.row(what, firstDifferences(await runHere(args), theirs[index] as ToolRun), []);
  rows.expectAll(sides.length);
}

const everyLine = ['--print-all-missed', '--print-all-ignored', '--print-all-matched'];

describeWith([pythonModule('fail2ban', 'fail2ban'), corpus], 'the summary of fail2ban-regex', () => {
  const allLines = new Conformance('fail2ban-regex on generated logs');
  const inModes = new Conformance('fail2ban-regex on generated logs, in modes of filters');
  const byOptions = new Conformance(
    'fail2ban-regex with its options',
    (row) => differences.find(({ what }) => what === row)?.reason,
  );
  let folder = '';
  const at = (name: string): string => path.join(folder, name);

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'banwatch-conformance-'));
    for (const filter of stockFilters()) writeFileSync(at(`${filter}.log`), sampleLog(filter, lineCount, leftOut));
    const log =
      'Nov 23 10:00:00 h app[1]: no from 192.0.2.7\n2026-11-23 10:00:01 h app[1]: no from 2001:DB8::1\n\n#x\nodd\n';
    writeFileSync(at('small.log'), log);
    writeFileSync(at('cut.log'), `${log}Nov 23 10:00:02 h app[1]: no from 192.0.2.8`);
    writeFileSync(at('wide.log'), Buffer.from(log, 'utf16le'));
    writeFileSync(at('latin.log'), Buffer.from('Nov 23 10:00:00 h \xe9: no from 192.0.2.7\n', 'latin1'));
    writeFileSync(at('bad.log'), Buffer.from('Nov 23 10:00:00 h \xe9\xff: no from 192.0.2.7\n', 'latin1'));
    writeFileSync(at('many.log'), log.repeat(20));
    mkdirSync(at('filter.d'));
    writeFileSync(at('own.conf'), '[Definition]\nfailregex = no from <HOST>\nignoreregex = 192\n');
    writeFileSync(at('filter.d/mine.conf'), '[Definition]\nfailregex = no <what> <HOST>\n[Init]\nwhat = from\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is printed for every stock filter, with all lines, with the first regex only, and as rows', async () => {
    const forms = [everyLine, ['--no-check-all'], ['-o', 'row']];
    const sides = stockFilters().flatMap((filter) =>
      forms.map((form) => ({ what: [filter, ...form].join(' '), args: ['-r', ...form, at(`${filter}.log`), filter] })),
    );
    await compareAll(allLines, sides);
  }, 120_000);

  test('is printed for filters with options', async () => {
    const sides = stockInstances().map(({ filter, spec }) => ({
      what: spec,
      args: ['-r', ...everyLine, at(`${filter}.log`), spec],
    }));
    await compareAll(inModes, sides);
  }, 120_000);

  test('is printed for every option', async () => {
    const regex = 'no from <HOST>';
    const runs: readonly (readonly string[])[] = [
      ['small.log', regex],
      ['small.log', regex, '192'],
      ['small.log', '^.*from <F-ID>\\S+</F-ID>$'],
      ['small.log', 'nothing <HOST>'],
      ['many.log', regex],
      ['many.log', regex, '192'],
      ['--print-all-matched', '--print-no-missed', 'many.log', regex],
      ['--print-no-ignored', '--print-all-missed', 'many.log', regex, '192'],
      ['cut.log', regex],
      ['-e', 'utf-16le', 'wide.log', regex],
      ['-e', 'latin1', '--print-all-matched', 'latin.log', regex],
      ['--print-all-matched', 'bad.log', regex],
      ['-d', '%Y-%m-%d %H:%M:%S', 'small.log', regex],
      ['-d', '{NONE}', 'small.log', regex],
      ['-d', '{^LN-BEG}', 'small.log', regex],
      ['-d', '^{DATE}', 'small.log', regex],
      ['--TZ', 'UTC+0200', '-o', '<ip> <time> <family> <F-X> <msg>', 'small.log', regex],
      ['--timezone', 'CET', '-o', 'row', 'small.log', regex],
      ['-L', '3', 'small.log', regex],
      ['--maxlines=2', '--print-all-matched', 'small.log', `${regex}<SKIPLINES>odd`],
      ['--usedns', 'no', 'small.log', regex],
      ['--usedns', 'bogus', 'small.log', regex],
      ['-l', 'info', 'missing.log', regex],
      ['-o', 'id', 'small.log', regex],
      ['-o', 'ip', 'small.log', regex],
      ['-o', 'ip4', 'small.log', regex],
      ['-o', 'msg', 'small.log', regex],
      ['-o', 'nothing', 'small.log', regex],
      ['-c', '.', 'small.log', 'mine'],
      ['-c', '.', 'small.log', 'mine[what="from"]'],
      ['-c', '.', 'small.log', 'mine[what="to"]'],
      ['small.log', './own.conf'],
      ['small.log', 'filter.d/mine.conf'],
      ['Nov 23 10:00:00 h app[1]: no from 192.0.2.7', regex],
      ['Nov 23 10:00:00 h app[1]: no from 192.0.2.7\nmore\n#x\n\nand more\n6\n7', regex],
    ];
    const inFolder = (arg: string): string =>
      /^(?:\w+\.log|\.|\.\/own\.conf|filter\.d\/.*)$/.test(arg) ? at(arg) : arg;
    const sides = runs.map((run) => ({ what: run.join(' '), args: ['-r', ...run.map(inFolder)] }));
    await compareAll(byOptions, sides);
  }, 60_000);
});
