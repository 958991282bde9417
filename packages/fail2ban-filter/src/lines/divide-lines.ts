import type { PatternMatch } from '@sluice/log-matcher';

/** The lines of a window that a match used up, and the others. */
export interface DividedLines<T> {
  readonly matched: readonly T[];
  readonly unmatched: readonly T[];
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** What stood in the place of `<SKIPLINES>`, line by line and in order. */
const skippedBy = (match: PatternMatch): string[] =>
  Object.entries(match.groups())
    .filter(([name]) => name.startsWith('skiplines'))
    .flatMap(([, text]) => text.split('\n').slice(0, -1));

/**
 * Divides the lines that were searched, as fail2ban does: lines that the match touches are used up, but not those in the
 * place of `<SKIPLINES>`. Where the subject is only a part of the lines (`<F-CONTENT>`), its first line stands for the
 * first of them, and so on.
 */
export function divideLines<T>(lines: readonly T[], match: PatternMatch, textOf: (line: T) => string): DividedLines<T> {
  if (lines.length <= 1) return { matched: lines, unmatched: [] };
  const text = `${match.subject}\n`;
  const first = countBreaks(text, text.lastIndexOf('\n', match.start()) + 1);
  const end = text.indexOf('\n', Math.max(0, match.end() - 1));
  const last = countBreaks(text, end === -1 ? text.length : end + 1);
  const matched = lines.slice(first, last);
  const unmatched = lines.slice(0, first);
  let from = 0;
  for (const skipped of skippedBy(match)) {
    const index = matched.findIndex((line, at) => at >= from && textOf(line) === skipped);
    if (index === -1) continue;
    unmatched.push(...matched.splice(index, 1));
    from = index;
  }
  return { matched, unmatched: [...unmatched, ...lines.slice(last)] };
}
