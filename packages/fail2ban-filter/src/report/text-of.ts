import type { CutLine } from './fail-data.ts';

/** The text of lines as regexes see it, without the last break. */
export const textOf = (lines: readonly CutLine[]): string =>
  lines.map(([before, , after]) => before + after).join('\n');
