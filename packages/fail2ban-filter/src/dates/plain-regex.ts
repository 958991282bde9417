import type { DateMatch } from './date-match.ts';
import { v8Regex, withoutFlag } from './v8-regex.ts';

/** What Python and V8 take for the same kinds of characters. */
const plain = /^[\t -~]*$/;
/** A longer line is left to the engine that takes time linear in it by construction. */
const maxChars = 4096;

const begins = [String.raw`^(?:\W{0,2})?(`, String.raw`(?=^|\b|\W)(`, '^(', '('];
const end = String.raw`)(?=\b|\W|$)`;

/** A regex of Python's as one of V8's; undefined where group 1 may not be the last thing that it takes. */
function translated(regex: string): RegExp | undefined {
  const { body, flags } = withoutFlag(regex);
  if (!begins.some((begin) => body.startsWith(begin)) || !body.endsWith(end)) return undefined;
  return v8Regex(body, flags);
}

class PlainMatch implements DateMatch {
  readonly #match: RegExpExecArray;

  constructor(match: RegExpExecArray) {
    this.#match = match;
  }

  start(group: 0 | 1 = 0): number {
    return group === 0 ? this.#match.index : this.end() - (this.#match[1] as string).length;
  }

  end(): number {
    return this.#match.index + this.#match[0].length;
  }

  text(group: number | string): string | undefined {
    return typeof group === 'number' ? this.#match[group] : this.#match.groups?.[group];
  }

  groups(): Record<string, string> {
    const groups: Record<string, string> = Object.create(null);
    for (const [name, text] of Object.entries(this.#match.groups ?? {})) if (text !== undefined) groups[name] = text;
    return groups;
  }
}

/**
 * Searches for one of the usual templates by V8's own RegExp: it is there at once, where an automaton has to be made first.
 * The usual templates have no repetitions that V8 could lose itself in.
 */
export class PlainRegex {
  readonly #regex: RegExp | undefined;

  constructor(regex: string) {
    this.#regex = translated(regex);
  }

  /** The leftmost match, undefined where there is none; `'ask the engine'` where the two might not agree. */
  match(text: string): DateMatch | undefined | 'ask the engine' {
    if (this.#regex === undefined || text.length > maxChars || !isPlain(text)) return 'ask the engine';
    const match = this.#regex.exec(text);
    return match === null ? undefined : new PlainMatch(match);
  }
}

let lastText = '';
let lastIsPlain = true;

/** One line is asked about by one template after the other. */
function isPlain(text: string): boolean {
  if (text === lastText) return lastIsPlain;
  lastText = text;
  lastIsPlain = plain.test(text);
  return lastIsPlain;
}
