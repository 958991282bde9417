import type { CompiledPatternInfo } from './compiled-pattern.ts';

const maxShown = 8;

function literalsLine(literals: readonly string[] | undefined): string {
  if (literals === undefined) return 'none: every line is searched';
  const shown = literals.slice(0, maxShown).map((text) => JSON.stringify(text));
  const more = literals.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** One paragraph per pattern. */
export function explainPatterns(patterns: readonly CompiledPatternInfo[]): string {
  return patterns
    .map(({ source, engine, reason, literals }, index) =>
      [
        `pattern ${index}: ${source}`,
        `  engine: ${engine}${reason === undefined ? '' : ` (${reason})`}`,
        `  literals: ${literalsLine(literals)}`,
      ].join('\n'),
    )
    .join('\n');
}
