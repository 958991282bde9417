import type { PatternMatch } from '@sluice/log-matcher';
import type { CutLine } from './fail-data.ts';

/** The text of lines as regexes see it, without the last break. */
export const textOf = (lines: readonly CutLine[]): string =>
  lines.map(([before, , after]) => before + after).join('\n');

/** The lines of a buffer that a match used up, and the others. */
export interface Division {
  readonly matched: readonly CutLine[];
  readonly unmatched: readonly CutLine[];
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function skippedBy(match: PatternMatch): string[] {
  const groups = match.groups();
  const skipped = Object.keys(groups).filter((name) => name.startsWith('skiplines'));
  return skipped.flatMap((name) => (groups[name] ?? '').split('\n').slice(0, -1));
}

/** Divides the buffer that was searched; lines in the place of `<SKIPLINES>` are not used up. */
export function divide(lines: readonly CutLine[], match: PatternMatch): Division {
  if (lines.length <= 1) return { matched: lines, unmatched: [] };
  const text = `${match.subject}\n`;
  const first = countBreaks(text, text.lastIndexOf('\n', match.start()) + 1);
  const end = text.indexOf('\n', Math.max(0, match.end() - 1));
  const last = countBreaks(text, end === -1 ? text.length : end + 1);
  const matched = lines.slice(first, last);
  const unmatched = lines.slice(0, first);
  let from = 0;
  for (const skipped of skippedBy(match)) {
    const index = matched.findIndex((line, at) => at >= from && textOf([line]) === skipped);
    if (index === -1) continue;
    unmatched.push(...matched.splice(index, 1));
    from = index;
  }
  return { matched, unmatched: [...unmatched, ...lines.slice(last)] };
}
