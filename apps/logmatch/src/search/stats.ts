import type { CompiledPatternInfo } from '@sluice/log-matcher';
import type { SearchTotals } from './line-search.ts';

/** A pattern as statistics show it. */
export interface DescribedPattern {
  readonly origin: string;
  readonly source: string;
  readonly engine?: string;
  readonly literals?: readonly string[] | undefined;
}

/** What a search took. */
export interface Effort {
  readonly wallMs: number;
  /** User and system time. */
  readonly cpuMs: number;
}

const maxLiterals = 3;
const headings = ['hits', 'pattern', 'engine', 'literals', ''];

export const describePatterns = (
  origins: readonly string[],
  patterns: readonly CompiledPatternInfo[],
): DescribedPattern[] =>
  patterns.map(({ source, engine, literals }, index) => ({ origin: origins[index] ?? '', source, engine, literals }));

/** Begins to measure; the function that it returns tells what was used since. */
export function measureEffort(): () => Effort {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
  };
}

/** Bytes and milliseconds as `123 MB/s`. */
export const speedText = (bytes: number, ms: number): string =>
  ms <= 0 ? '- MB/s' : `${(bytes / 1000 / ms).toFixed(bytes / 1000 / ms < 10 ? 1 : 0)} MB/s`;

function literalsText({ engine, literals }: DescribedPattern): string {
  if (literals === undefined) return engine === undefined ? '' : 'none';
  const shown = literals.slice(0, maxLiterals).map((text) => JSON.stringify(text));
  return literals.length > maxLiterals ? `${shown.join(' ')} +${literals.length - maxLiterals}` : shown.join(' ');
}

/** Hits of each pattern as lines of a table. */
export function hitsTable(patterns: readonly DescribedPattern[], hits: Float64Array): string {
  const rows = patterns.map((pattern, index) => [
    String(hits[index] ?? 0),
    pattern.origin,
    pattern.engine ?? '',
    literalsText(pattern),
    pattern.source,
  ]);
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Statistics of a search for people, on several lines. */
export function statsText(patterns: readonly DescribedPattern[], totals: SearchTotals, effort: Effort): string {
  const { lines, bytes, selected, candidates, hits } = totals;
  const { wallMs, cpuMs } = effort;
  return `${hitsTable(patterns, hits)}
${lines} lines, ${bytes} bytes; ${selected} found, ${candidates} lines looked at closely
${(wallMs / 1000).toFixed(3)} s, ${speedText(bytes, wallMs)}; CPU ${(cpuMs / 1000).toFixed(3)} s, ${speedText(bytes, cpuMs)}
`;
}
