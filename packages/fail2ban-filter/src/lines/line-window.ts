import type { PatternMatch } from '@sluice/log-matcher';
import type { FilterRules, RuleHit } from '../rules/filter-rules.ts';

const countBreaks = (text: string, end: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
};

/** Indices [first, last) of the lines that a match touches. */
function linesOf(match: PatternMatch): readonly [first: number, last: number] {
  const { subject } = match;
  const begin = subject.lastIndexOf('\n', match.start()) + 1;
  const end = subject.indexOf('\n', match.end() - 1);
  return [countBreaks(subject, begin), countBreaks(subject, end === -1 ? subject.length : end) + 1];
}

/** What stood in the place of `<SKIPLINES>`, line by line and in order. */
const skippedBy = (match: PatternMatch): string[] =>
  Object.entries(match.groups())
    .filter(([name]) => name.startsWith('skiplines'))
    .flatMap(([, text]) => text.split('\n').slice(0, -1));

/**
 * The last lines of a log, searched as one text: fail2ban's `maxlines`.
 *
 * Lines that a failure or an ignoreregex used up are taken out, so that they count once; lines before and after them
 * and those skipped by `<SKIPLINES>` stay.
 */
export class LineWindow {
  readonly #rules: FilterRules;
  readonly #maxLines: number;
  #lines: string[] = [];

  /** @param rules without a prefregex, compiled for several lines */
  constructor(rules: FilterRules, maxLines: number) {
    this.#rules = rules;
    this.#maxLines = maxLines;
  }

  /** Adds a line, its date cut out, and searches the window. */
  add(line: string): RuleHit | 'ignored' | undefined {
    this.#lines.push(line);
    if (this.#lines.length > this.#maxLines) this.#lines.shift();
    const { fail, ignore, ignoreFirst } = this.#rules;
    const text = this.#lines.join('\n');
    const early = ignoreFirst ? ignore?.match(text) : undefined;
    if (early !== undefined) {
      this.#use(early);
      return 'ignored';
    }
    const match = fail.match(text);
    if (match === undefined) return undefined;
    const used = this.#use(match);
    if (ignore?.match(used.join('\n')) !== undefined) return 'ignored';
    return this.#rules.hit(match);
  }

  /** Takes the lines of a match out of the window, save the skipped ones, and returns them. */
  #use(match: PatternMatch): string[] {
    const [first, last] = linesOf(match);
    const used = this.#lines.slice(first, last);
    const kept: string[] = [];
    let from = 0;
    for (const skipped of skippedBy(match)) {
      const index = used.indexOf(skipped, from);
      if (index === -1) continue;
      kept.push(...used.splice(index, 1));
      from = index;
    }
    this.#lines = [...this.#lines.slice(0, first), ...kept, ...this.#lines.slice(last)];
    return used;
  }
}
