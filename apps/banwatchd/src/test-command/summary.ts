import type { FilterSource, SourceText } from '@sluice/fail2ban-filter';
import { type LineReporter, type ReportTally, shownLines, templateName } from '@sluice/fail2ban-filter';
import { pythonDict } from './python-text.ts';
import { timeLine } from './time-line.ts';

/** How much a summary tells. */
export interface SummaryOptions {
  readonly verbosity: number;
  readonly verboseDates: boolean;
  readonly noMissed: boolean;
  readonly noIgnored: boolean;
  readonly allMatched: boolean;
  readonly allMissed: boolean;
  readonly allIgnored: boolean;
  readonly maxLines: number | undefined;
}

/** What a test found, and in what. */
export interface TestResult {
  readonly source: FilterSource;
  readonly reporter: LineReporter;
  readonly tally: ReportTally;
  readonly seconds: number;
}

const list = (rows: readonly string[], head?: string): string[] =>
  rows.length === 0 ? [] : [...(head === undefined ? [] : [`|- ${head}`]), ...rows.map((row) => `|  ${row}`), '`-'];

/** The text of a regex or a pattern as it was written. */
export const written = (text: SourceText): string => (typeof text === 'string' ? text : text.value);

const isWritten = (text: SourceText): boolean => written(text).trim() !== '';

/** The regexes of a kind that say something. */
export const regexesOf = (texts: readonly SourceText[] | undefined): readonly string[] =>
  (texts ?? []).filter(isWritten).map(written);

function prefix({ reporter, tally }: TestResult, { verbosity }: SummaryOptions): string[] {
  const regex = reporter.rules.pref?.patterns[0]?.source;
  if (regex === undefined) return [];
  const shown = verbosity === 0 ? [] : tally.prefixes.slice(0, shownLines).map((groups) => `    ${pythonDict(groups)}`);
  const more = verbosity > 0 && tally.prefixes.length > shownLines ? ['    ...'] : [];
  return ['', `Prefregex: ${tally.prefixed} total`, ...list([regex, ...shown, ...more])];
}

function regexes(
  title: string,
  texts: readonly string[],
  counts: readonly number[],
  hits: ReportTally['hits'] | undefined,
  { verbosity }: SummaryOptions,
): string[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rows = texts.flatMap((text, index) => {
    const count = counts[index] ?? 0;
    if (count === 0 && verbosity === 0) return [];
    const who = (verbosity > 0 && hits?.[index]) || [];
    return [
      `${String(index + 1).padStart(2)}) [${count}] ${text}`,
      ...who.map(
        ({ id, timeMs, isRepeated }) =>
          `    ${id ?? 'None'}  ${timeLine(timeMs ?? Date.now())}${isRepeated ? ' (multiple regex matched)' : ''}`,
      ),
    ];
  });
  return ['', `${title}: ${total} total`, ...list(rows, ' #) [# of hits] regular expression')];
}

const hasPattern = (name: string): boolean => !/^(?:\{\^LN-BEG\})?(?:L?EPOCH|TAI64N)$|\{L?EPOCH\}/.test(name);

function dates({ reporter }: TestResult, { verbosity, verboseDates }: SummaryOptions): string[] {
  const rows = reporter.dateTemplates.flatMap(({ template, hits, distance }) => {
    if (hits === 0 && verbosity === 0) return [];
    const row = `[${hits}] ${templateName(template.name)}`;
    if (!verboseDates) return [row];
    const weight = (hits * template.weight) / Math.max(1, distance);
    const pattern = hasPattern(template.name) ? template.name : '';
    return [
      row,
      `    # weight: ${weight.toFixed(3)} (${template.weight.toFixed(3)}), pattern: ${pattern}`,
      `    # regex:   ${template.regex.replace(/^\(\?i\)/, '(?iu)')}`,
    ];
  });
  return ['', 'Date template hits:', ...list(rows, '[# of hits] date format')];
}

function lines(kind: string, count: number, kept: readonly string[], all: boolean, limit: number): string[] {
  if (count === 0) return [];
  const head = `${kind} line(s):`;
  if (all || count < limit)
    return list(
      kept.map((line) => line.trimEnd()),
      head,
    );
  return [`${head} too many to print.  Use --print-all-${kind.toLowerCase()} to print all ${count} lines`];
}

/** The summary that fail2ban-regex prints, line for line; lines whose address is none are listed behind it. */
export function summaryOf(result: TestResult, options: SummaryOptions): string {
  const { tally, source, seconds } = result;
  const { tested, ignored, matched, missed } = tally;
  const limit = options.maxLines ?? shownLines;
  const rejected = tally.rejected.map(({ text, reason }) => `${text.trimEnd()}  # ${reason}`);
  return [
    '',
    'Results',
    '=======',
    ...prefix(result, options),
    ...regexes('Failregex', regexesOf(source.failRegex), tally.failHits, tally.hits, options),
    ...regexes('Ignoreregex', regexesOf(source.ignoreRegex), tally.ignoreHits, undefined, options),
    ...dates(result, options),
    '',
    `Lines: ${tested} lines, ${ignored} ignored, ${matched} matched, ${missed} missed`,
    `[processed in ${seconds.toFixed(2)} sec]`,
    '',
    ...(options.allMatched ? lines('Matched', matched, tally.matchedLines, true, limit) : []),
    ...(options.noIgnored ? [] : lines('Ignored', ignored, tally.ignoredLines, options.allIgnored, limit)),
    ...(options.noMissed ? [] : lines('Missed', missed, tally.missedLines, options.allMissed, limit)),
    ...list(rejected, `Rejected, for nobody could be banned: ${tally.rejectedCount}`),
    '',
  ].join('\n');
}
