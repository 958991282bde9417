import { Backtracker } from '../backtracker/backtracker.ts';
import type { EngineName } from '../found.ts';
import { LogMatcherError } from '../log-matcher-error.ts';
import type { PatternMatch } from '../pattern-match.ts';
import { PatternSet } from '../pattern-set.ts';
import { parsePattern } from '../python-regex/parse.ts';
import type { PythonAnswer, PythonCase, Spans } from './python-re.ts';

const maxSteps = 500_000;

interface Compiled {
  readonly set: PatternSet;
  readonly groupCount: number;
  readonly backtracker: Backtracker;
}

const cache = new Map<string, Compiled | string>();

function compile(pattern: string, flags: string): Compiled | string {
  const key = `${flags} ${pattern}`;
  let compiled = cache.get(key);
  if (compiled === undefined) {
    try {
      const multiline = flags.includes('m');
      const parsed = parsePattern(pattern, { multiline });
      compiled = {
        set: PatternSet.compile([pattern], { multiline, maxSteps }),
        groupCount: parsed.groupCount,
        backtracker: new Backtracker(parsed, maxSteps),
      };
    } catch (error) {
      if (!(error instanceof LogMatcherError)) throw error;
      compiled = error.message;
    }
    cache.set(key, compiled);
  }
  return compiled;
}

function spansOf(match: PatternMatch | undefined, groupCount: number): Spans | null {
  if (match === undefined) return null;
  return Array.from({ length: groupCount + 1 }, (_, group) =>
    match.start(group) === -1 ? null : ([match.start(group), match.end(group)] as const),
  );
}

/** What a comparison found, for one `expect`. */
export interface Comparison {
  /** Cases on which an engine said something else than Python. */
  readonly differences: readonly unknown[];
  readonly compared: number;
  readonly matched: number;
  readonly refused: number;
  /** Cases that Python or an engine gave up on. */
  readonly skipped: number;
  readonly byEngine: Readonly<Record<EngineName, number>>;
}

const shown = 5;

/** Compares both engines with Python: the one that the set chose, and the backtracker on everything. */
export function compareWithPython(cases: readonly PythonCase[], answers: readonly PythonAnswer[]): Comparison {
  const differences: unknown[] = [];
  const byEngine = { dfa: 0, backtracker: 0 };
  let [compared, matched, refused, skipped] = [0, 0, 0, 0];
  for (const [index, [pattern, flags, subject]] of cases.entries()) {
    const python = answers[index] as PythonAnswer;
    const ours = compile(pattern, flags);
    if (python !== null && ('timeout' in python || 'fault' in python)) {
      skipped += 1;
      continue;
    }
    if (typeof ours === 'string' || (python !== null && 'error' in python)) {
      refused += 1;
      const agree = typeof ours === 'string' && python !== null && 'error' in python;
      if (!agree) differences.push({ pattern, flags, python, ours });
      continue;
    }
    const { set, groupCount, backtracker } = ours;
    const own = backtracker.search(subject);
    if (own === 'gave up') {
      skipped += 1;
      continue;
    }
    compared += 1;
    if (python !== null) matched += 1;
    byEngine[set.patterns[0]?.engine ?? 'dfa'] += 1;
    const chosen = spansOf(set.match(subject), groupCount);
    const offsets = own?.offsets();
    const backtracked = offsets === undefined ? null : pairs(offsets);
    const expected = JSON.stringify(python);
    if (JSON.stringify(chosen) !== expected || JSON.stringify(backtracked) !== expected) {
      differences.push({ pattern, flags, subject, python, chosen, backtracked });
    }
  }
  return { differences: differences.slice(0, shown), compared, matched, refused, skipped, byEngine };
}

function pairs(offsets: ArrayLike<number>): Spans {
  return Array.from({ length: offsets.length / 2 }, (_, group) =>
    offsets[2 * group] === -1 ? null : ([offsets[2 * group] as number, offsets[2 * group + 1] as number] as const),
  );
}
