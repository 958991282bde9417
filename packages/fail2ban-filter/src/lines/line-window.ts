import type { FilterRules } from '../rules/filter-rules.ts';
import type { RuleHit } from '../rules/rule-hit.ts';
import { divideLines } from './divide-lines.ts';

/** A line in the window. */
interface WindowLine {
  /** Its date cut out. */
  readonly text: string;
  readonly whole: string;
}

const textOf = ({ text }: WindowLine): string => text;

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
  #lines: readonly WindowLine[] = [];
  #used: readonly string[] = [];

  /** @param rules with failregexes compiled for several lines */
  constructor(rules: FilterRules, maxLines: number) {
    this.#rules = rules;
    this.#maxLines = maxLines;
  }

  /** The whole lines of the last hit, oldest first. */
  get used(): readonly string[] {
    return this.#used;
  }

  /**
   * Adds a line and searches the window.
   *
   * @param text what of the line is searched
   */
  add(text: string, whole: string): RuleHit | 'ignored' | undefined {
    const lines = [...this.#lines, { text, whole }].slice(-this.#maxLines);
    this.#lines = lines;
    const { pref, fail, ignore, ignoreFirst } = this.#rules;
    const subject = lines.map(textOf).join('\n');
    if (ignoreFirst && ignore?.match(subject) !== undefined) return 'ignored';
    const context = pref?.match(subject);
    if (pref !== undefined && context === undefined) return undefined;
    const content = context?.groups()['content'];
    if (content) this.#lines = [{ text: content, whole: content }];
    const match = fail.match(content || subject);
    if (match === undefined) return undefined;
    const { matched, unmatched } = divideLines(lines, match, textOf);
    this.#lines = unmatched;
    if (ignore?.match(matched.map(textOf).join('\n')) !== undefined) return 'ignored';
    this.#used = matched.map(({ whole }) => whole);
    return this.#rules.hit(match, context);
  }
}
