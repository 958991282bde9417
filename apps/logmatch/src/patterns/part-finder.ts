import { PatternSet } from '@sluice/log-matcher';
import type { PatternReading } from '../command-line/command-line.ts';
import { setOptions } from './compile-patterns.ts';
import type { GivenPattern } from './pattern-list.ts';
import { shiftGroups } from './shift-groups.ts';
import { boundsWrapping, wrapped } from './wrap-pattern.ts';

/** Part of a text, in UTF-16 units. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Units before the place to go on at that a pattern may look back on. */
const maxContext = 64;

const isPairAt = (text: string, at: number): boolean => (text.codePointAt(at) ?? 0) > 0xffff;

/**
 * All parts of a line that match: from the left, at each place the first pattern in the order of the list, without
 * overlap; parts of no length are passed over.
 *
 * A set knows nothing of where to begin. To go on behind a part, the rest of the line is searched by patterns that
 * first pass over some characters, which only look-behind and `\b` may see.
 */
export class PartFinder {
  readonly #whole: PatternSet;
  readonly #given: readonly GivenPattern[];
  readonly #reading: PatternReading;
  /** How much of what is behind has to be kept: all of {@link maxContext} only where a pattern looks back. */
  readonly #context: number;
  readonly #behind = new Map<number, PatternSet>();

  constructor(given: readonly GivenPattern[], reading: PatternReading, whole: PatternSet) {
    this.#given = given;
    this.#reading = reading;
    this.#whole = whole;
    this.#context = given.some(({ text }) => /\(\?<[=!]/.test(text)) ? maxContext : 1;
  }

  each(text: string, visit: (part: Part) => void): void {
    for (let from = 0; from <= text.length; ) {
      const part = this.#next(text, from);
      if (part === undefined) return;
      if (part.end > part.start) {
        visit(part);
        from = part.end;
      } else {
        from = part.end + (isPairAt(text, part.end) ? 2 : 1);
      }
    }
  }

  #next(text: string, from: number): Part | undefined {
    if (from === 0) return leftmost(this.#whole, text, 0);
    const behind = [...text.slice(Math.max(0, from - 2 * this.#context), from)].slice(-this.#context);
    const start = from - behind.reduce((length, { length: more }) => length + more, 0);
    const part = leftmost(this.#setBehind(behind.length), text.slice(start), 1);
    return part && { start: start + part.start, end: start + part.end };
  }

  #setBehind(characters: number): PatternSet {
    const known = this.#behind.get(characters);
    if (known !== undefined) return known;
    const { dialect, bounds } = this.#reading;
    const { before, after } = boundsWrapping(bounds, dialect);
    const beginning = dialect === 'javascript' ? '^' : '\\A';
    const wrapping = { before: `${beginning}[\\s\\S]{${characters}}[\\s\\S]*?(${before}`, after: `${after})` };
    const set = PatternSet.compile(
      this.#given.map(({ text }) => wrapped(dialect === 'literal' ? text : shiftGroups(text), dialect, wrapping)),
      setOptions(this.#reading, true),
    );
    this.#behind.set(characters, set);
    return set;
  }
}

function leftmost(set: PatternSet, text: string, group: number): Part | undefined {
  let best: Part | undefined;
  for (const match of set.matchAll(text)) {
    const start = match.start(group);
    const isEmpty = best?.start === best?.end;
    if (best === undefined || start < best.start || (start === best.start && isEmpty))
      best = { start, end: match.end(group) };
  }
  return best;
}
