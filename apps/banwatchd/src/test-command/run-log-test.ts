import { type Io, Messages, ProgressLine, writeAll } from '@sluice/command-line';
import type { FilterSource } from '@sluice/fail2ban-filter';
import {
  LineReporter,
  LogReporter,
  parseDatePattern,
  type ReportSink,
  ReportTally,
  templateName,
} from '@sluice/fail2ban-filter';
import { ComponentError } from '@sluice/pipeline';
import { hostResolver } from '@sluice/pipeline/node';
import { chooseFilter, shortened } from './filter-choice.ts';
import { jsonSummary } from './json-summary.ts';
import { openLog } from './log-input.ts';
import { OutputSink } from './output-sink.ts';
import { summaryOf, written } from './summary.ts';
import { refused, TestError } from './test-error.ts';
import type { TestOptions } from './test-options.ts';
import { WaitingSink } from './waiting-sink.ts';

const byByte = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

/** A filter, and what is said of it before the test. */
interface Prepared {
  readonly source: FilterSource;
  readonly header: readonly string[];
}

function datesLine(pattern: string): string {
  const templates = parseDatePattern(pattern);
  const [first] = templates;
  const name = first === undefined || templates.length > 2 ? 'Default Detectors' : templateName(first.name);
  return `Use      datepattern : ${pattern} : ${name}`;
}

const maxLinesLine = (count: number): string => `Use         maxlines : ${count}`;

function prepare(options: TestOptions, word: string, ignore: string | undefined): Prepared {
  const { maxLines, datePattern, configDir } = options;
  const given = [
    ...(maxLines === undefined ? [] : [maxLinesLine(maxLines)]),
    ...(datePattern === undefined ? [] : [datesLine(datePattern)]),
  ];
  const { source, header } = chooseFilter(word, configDir);
  const own = [
    ...(maxLines === undefined && source.maxLines !== undefined ? [maxLinesLine(source.maxLines)] : []),
    ...(datePattern === undefined && source.datePattern ? [datesLine(written(source.datePattern))] : []),
  ];
  const extra = ignore === undefined ? [] : [`Use ignoreregex line : ${shortened(ignore)}`];
  const { maxLines: ownMaxLines, datePattern: ownDates, ignoreRegex = [], ...rest } = source;
  return {
    source: {
      ...rest,
      maxLines: maxLines ?? ownMaxLines,
      datePattern: datePattern ?? ownDates,
      ignoreRegex: ignore === undefined ? ignoreRegex : [...ignoreRegex, ignore],
    },
    header: [...given, ...header, ...own, ...extra],
  };
}

function reporterOf(
  source: FilterSource,
  { useDns, raw, tryAll, timeZone, out, verbosity }: TestOptions,
): LineReporter {
  try {
    const names = raw ? 'raw' : useDns;
    return LineReporter.of(source, {
      useDns,
      names,
      tryAll,
      keepsData: out !== undefined || verbosity > 0,
      logTimezone: timeZone,
    });
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    throw new TestError('ERR_BANWATCH_TEST_FILTER', `ERROR: ${error.message}`, refused, error);
  }
}

const keep = (all: boolean, none: boolean): 'all' | 'some' | 'none' => (all ? 'all' : none ? 'none' : 'some');

function tallyOf(reporter: LineReporter, options: TestOptions): ReportTally {
  const { fail, ignore } = reporter.rules;
  return new ReportTally(fail.patterns.length, ignore?.patterns.length ?? 0, {
    matched: keep(options.allMatched, true),
    ignored: keep(options.allIgnored, options.noIgnored),
    missed: keep(options.allMissed, options.noMissed),
    hits: options.verbosity > 0,
    invert: options.invert,
  });
}

/** Tests a filter on a log. Resolves to the exit status; throws a TestError for what cannot be tested. */
export async function runLogTest(options: TestOptions, io: Io): Promise<number> {
  const [log = '', word = '', ignore] = options.words;
  const { out, json } = options;
  const messages = new Messages('banwatch', io.stderr);
  const write = (text: string): void => writeAll(io.stdout, text);
  const say = (lines: readonly string[]): void => {
    if (out === undefined && !json) write(`${lines.join('\n')}\n`);
  };
  say(['', 'Running tests', '=============', '']);
  const { source, header } = prepare(options, word, ignore);
  say(header);
  const reporter = reporterOf(source, options);
  const input = openLog(log, { encoding: options.encoding, multiline: reporter.maxLines > 1, rejects: messages });
  say([...input.header, '']);

  const tally = tallyOf(reporter, options);
  const printed = out === undefined ? undefined : new OutputSink({ format: out, json, invert: options.invert }, write);
  const counted: ReportSink = printed ?? tally;
  const sink = new WaitingSink(counted, hostResolver({ signal: io.stop.signal }));
  const reader = new LogReporter(reporter, sink, { prefilter: options.verbosity === 0, byByte });
  const progress = new ProgressLine(messages, io.stderr, 'auto');
  const start = performance.now();
  const untaken = await input.read(async (bytes) => {
    if (io.stop.signal.aborted) return;
    reader.process(bytes);
    await sink.settle();
    printed?.flush();
    progress.show(reader.lines, 'lines');
  });
  progress.clear();
  const result = { source, reporter, tally, seconds: (performance.now() - start) / 1000 };
  if (untaken > 0) messages.note('note: the last line has no line break and was left out, as fail2ban does');
  if (out === undefined) write(json ? jsonSummary(result) : summaryOf(result, options));
  return messages.hasProblems ? refused : 0;
}
