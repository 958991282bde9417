import { Backtracker } from './backtracker/backtracker.ts';
import { singleChar } from './chars/char-set.ts';
import type { Engine, EngineName } from './engine.ts';
import type { MatchedPattern } from './pattern-match.ts';
import type { ParsedPattern } from './python-regex/ast.ts';
import { parsePattern } from './python-regex/parse.ts';
import { V8Engine } from './v8/v8-engine.ts';
import { whyNotV8 } from './v8/why-not-v8.ts';

/** A pattern ready to search for. */
export interface CompiledPattern extends MatchedPattern {
  readonly parsed: ParsedPattern;
  readonly engine: Engine;
  /** Why it does not run on V8's engine; undefined when it does. */
  readonly reason: string | undefined;
}

export interface CompileOptions {
  readonly dialect: 'python' | 'literal';
  readonly multiline: boolean;
  readonly maxSteps: number;
}

function literalPattern(source: string): ParsedPattern {
  const items = Array.from(
    source,
    (char) => ({ type: 'char', set: singleChar(char.codePointAt(0) as number) }) as const,
  );
  return { source, root: { type: 'sequence', items }, groupCount: 0, groupNames: new Map() };
}

function engineFor(parsed: ParsedPattern, reason: string | undefined, maxSteps: number): Engine {
  let backtracker: Backtracker | undefined;
  const fallback = (): Engine => {
    backtracker ??= new Backtracker(parsed, maxSteps);
    return backtracker;
  };
  return reason === undefined ? new V8Engine(parsed.root, fallback) : fallback();
}

/** Parses a pattern and chooses its engine. */
export function compilePattern(source: string, index: number, options: CompileOptions): CompiledPattern {
  const { dialect, multiline, maxSteps } = options;
  const parsed = dialect === 'literal' ? literalPattern(source) : parsePattern(source, { multiline, pattern: index });
  const reason = whyNotV8(parsed.root);
  const { groupCount, groupNames } = parsed;
  return { index, groupCount, groupNames, parsed, engine: engineFor(parsed, reason, maxSteps), reason };
}

/** What a set tells of one of its patterns. */
export interface CompiledPatternInfo {
  readonly source: string;
  /** Groups without the whole match. */
  readonly groupCount: number;
  /** Numbers of the groups of each name, ascending. */
  readonly groupNames: ReadonlyMap<string, readonly number[]>;
  /** `v8`, or `backtracker` where V8 would answer differently from Python. */
  readonly engine: EngineName;
  /** Why the backtracker; undefined for V8. */
  readonly reason: string | undefined;
  /** Literals of which each match contains one, as the prefilter looks for them; undefined when there are none. */
  readonly literals: readonly string[] | undefined;
}
