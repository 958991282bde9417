import type { Reject } from '@sluice/pipeline';
import { LogMatcherError } from '../log-matcher-error.ts';
import type { PatternOptions } from '../options.ts';
import type { LineMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import { parsePattern } from '../python-regex/parse.ts';
import type { GeneratedLine } from './generate-lines.ts';
import { askPython, type PythonAnswer, type PythonCase } from './python-re.ts';

/** Patterns of one set and the lines that it scans. */
export interface ScanCase {
  readonly patterns: readonly string[];
  readonly multiline: boolean;
  readonly finalBreak: boolean;
  readonly lines: readonly GeneratedLine[];
  readonly isCut: boolean;
}

/** What came of a comparison: the first differences, and how many pairs of a pattern and a line it was made of. */
export interface ScanComparison {
  readonly differences: readonly unknown[];
  readonly compared: number;
  readonly matched: number;
  readonly skipped: number;
}

const shown = 5;
const newline = 10;
const encoder = new TextEncoder();

const bytesOf = ({ text, bytes }: GeneratedLine): Uint8Array => bytes ?? encoder.encode(text);

/** Why a pattern is refused; undefined when it is not. */
function refusal(pattern: string, multiline: boolean): string | undefined {
  try {
    parsePattern(pattern, { multiline });
    return undefined;
  } catch (error) {
    if (error instanceof LogMatcherError) return error.message;
    throw error;
  }
}

/** What the patterns are to see of a line. */
function subjectOf({ text, cut }: GeneratedLine, { isCut, finalBreak }: ScanCase): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text;
  const subject = isCut ? line.slice(0, cut.start) + line.slice(Math.min(cut.end, line.length)) : line;
  return finalBreak ? `${subject}\n` : subject;
}

const spansOf = (match: LineMatch, groupCount: number): string =>
  JSON.stringify(
    Array.from({ length: groupCount + 1 }, (_, group) =>
      match.start(group) === -1 ? null : [match.start(group), match.end(group)],
    ),
  );

/** What a scan says to each line (row) and pattern (column): spans as JSON, `'gave up'`, or nothing. */
function scanned(
  patterns: readonly string[],
  asked: ScanCase,
  options: PatternOptions,
): readonly (string | undefined)[][] {
  const { lines, multiline, finalBreak, isCut } = asked;
  const table: (string | undefined)[][] = lines.map(() => []);
  const rowAt = new Map<number, number>();
  let offset = 0;
  for (const [row, line] of lines.entries()) {
    rowAt.set(offset, row);
    offset += bytesOf(line).length + 1;
  }
  const put = (at: number, pattern: number, answer: string): void => {
    (table[rowAt.get(at) as number] as string[])[pattern] = answer;
  };
  const rejects = {
    next: ({ offset: at, reason }: Reject): void => put(at as number, Number(/\d+/.exec(reason)?.[0]), 'gave up'),
  };
  const set = PatternSet.compile(patterns, {
    report: 'all',
    multiline,
    finalBreak,
    rejects,
    maxSteps: 200_000,
    ...options,
  });
  const bytes = Uint8Array.from(lines.flatMap((line) => [...bytesOf(line), newline]));
  const sink = (match: LineMatch): void =>
    put(match.line.offset, match.pattern, spansOf(match, set.patterns[match.pattern]?.groupCount ?? 0));
  const source = { path: 'lines', offset: 0 };
  if (!isCut) {
    set.scan(bytes, sink, { source });
    return table;
  }
  const cut = (line: LineMatch['line']): { start: number; end: number } => {
    const { start, end } = (lines[rowAt.get(line.offset) as number] as GeneratedLine).cut;
    return { start, end: Math.min(end, line.text.length) };
  };
  set.scan(bytes, sink, { source, cut });
  return table;
}

const isUnknown = (answer: PythonAnswer): boolean => answer !== null && ('timeout' in answer || 'fault' in answer);

/** Compares scans, with a prefilter and without, with what CPython's `re.search` says to each pattern and line. */
export function compareScans(cases: readonly ScanCase[], options: PatternOptions = {}): ScanComparison {
  const differences: unknown[] = [];
  let [compared, matched, skipped] = [0, 0, 0];
  const accepted = cases.map(({ patterns, multiline }) =>
    patterns.filter((one) => refusal(one, multiline) === undefined),
  );
  const rows = cases.flatMap((asked, index) =>
    (accepted[index] as readonly string[]).flatMap((pattern) =>
      asked.lines.map((line): PythonCase => [pattern, asked.multiline ? 'm' : '', subjectOf(line, asked)]),
    ),
  );
  const answers = askPython(rows, 200);
  let at = 0;
  for (const [index, asked] of cases.entries()) {
    const patterns = accepted[index] as readonly string[];
    const tables = [true, false].map((prefilter) => scanned(patterns, asked, { ...options, prefilter }));
    for (const pattern of patterns.keys()) {
      for (const row of asked.lines.keys()) {
        const answer = answers[at] as PythonAnswer;
        const [withIt, without] = tables.map((table) => table[row]?.[pattern]);
        if (isUnknown(answer) || withIt === 'gave up' || without === 'gave up') {
          skipped += 1;
        } else {
          compared += 1;
          if (answer !== null) matched += 1;
          const python = answer === null ? undefined : JSON.stringify(answer);
          if (withIt !== python || without !== python) {
            const [source, flags, subject] = rows[at] as PythonCase;
            const { finalBreak, isCut } = asked;
            const seen = { python, withIt, without };
            differences.push({ source, flags, subject, line: asked.lines[row], finalBreak, isCut, ...seen });
          }
        }
        at += 1;
      }
    }
  }
  return { differences: differences.slice(0, shown), compared, matched, skipped };
}
