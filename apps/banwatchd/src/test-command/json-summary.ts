import { templateName } from '@sluice/fail2ban-filter';
import { regexesOf, type TestResult } from './summary.ts';

const counted = (texts: readonly string[], counts: readonly number[]): object[] =>
  texts.map((regex, index) => ({ index: index + 1, regex, hits: counts[index] ?? 0 }));

/** The summary as one line of JSON; lists of lines are cut as in the summary for people. */
export function jsonSummary({ source, reporter, tally, seconds }: TestResult): string {
  const { tested, ignored, matched, missed, rejectedCount } = tally;
  const pref = reporter.rules.pref?.patterns[0]?.source;
  const used = reporter.dateTemplates.filter(({ hits }) => hits > 0);
  return `${JSON.stringify({
    lines: { tested, ignored, matched, missed, rejected: rejectedCount },
    prefRegex: pref === undefined ? null : { regex: pref, hits: tally.prefixed },
    failRegex: counted(regexesOf(source.failRegex), tally.failHits),
    ignoreRegex: counted(regexesOf(source.ignoreRegex), tally.ignoreHits),
    dateTemplates: used.map(({ template, hits }) => ({ name: templateName(template.name), hits })),
    matchedLines: tally.matchedLines,
    ignoredLines: tally.ignoredLines,
    missedLines: tally.missedLines,
    rejectedLines: tally.rejected,
    seconds,
  })}\n`;
}
