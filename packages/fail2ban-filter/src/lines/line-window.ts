import type { FilterRules } from '../rules/filter-rules.ts';
import type { RuleHit } from '../rules/rule-hit.ts';
import { divideLines } from './divide-lines.ts';

const itself = (line: string): string => line;

/**
 * The last lines of a log, searched as one text: fail2ban's `maxlines`.
 *
 * 1. Lines that a failure or an ignoreregex used up are taken out, so that they count once; lines before and after them
 *    and those skipped by `<SKIPLINES>` stay.
 * 2. Where few ignoreregexes are asked first, of the whole window, a match takes nothing out: as long as the line is in
 *    the window, there is no failure.
 * 3. A prefregex is asked about the whole window too; what its `<F-CONTENT>` holds takes the place of the window.
 */
export class LineWindow {
  readonly #rules: FilterRules;
  readonly #maxLines: number;
  #lines: readonly string[] = [];

  /** @param rules with failregexes compiled for several lines */
  constructor(rules: FilterRules, maxLines: number) {
    this.#rules = rules;
    this.#maxLines = maxLines;
  }

  /** Adds a line, its date cut out, and searches the window. */
  add(line: string): RuleHit | 'ignored' | undefined {
    const lines = [...this.#lines, line].slice(-this.#maxLines);
    this.#lines = lines;
    const { pref, fail, ignore, ignoreFirst } = this.#rules;
    const whole = lines.join('\n');
    if (ignoreFirst && ignore?.match(whole) !== undefined) return 'ignored';
    const context = pref?.match(whole);
    if (pref !== undefined && context === undefined) return undefined;
    const content = context?.groups()['content'];
    if (content) this.#lines = [content];
    const match = fail.match(content || whole);
    if (match === undefined) return undefined;
    const { matched, unmatched } = divideLines(lines, match, itself);
    this.#lines = unmatched;
    if (ignore?.match(matched.join('\n')) !== undefined) return 'ignored';
    return this.#rules.hit(match, context);
  }
}
