import type { DateTemplate } from '../dates/date-template.ts';

import { sticky } from './sticky.ts';

const atLineBegin = /^(?:\(\?i\))?\^/;

/**
 * Sees at a glance that a date is written at a line's beginning in the way of a template. It may miss one; what it sees is
 * there.
 */
export class DateGlance {
  readonly template: DateTemplate;
  readonly place = undefined;
  readonly #regex: RegExp | undefined;

  constructor(template: DateTemplate) {
    this.template = template;
    this.#regex = atLineBegin.test(template.regex) ? sticky(template.regex) : undefined;
  }

  /**
   * Where the date, with what bounds it, is over; -1 when it is not seen.
   *
   * @param text a character for each byte
   * @param start of the line
   * @param end of the line, without its break
   */
  endOf(text: string, start: number, end: number): number {
    const regex = this.#regex;
    if (regex === undefined) return -1;
    regex.lastIndex = start;
    if (!regex.test(text)) return -1;
    const over = regex.lastIndex;
    if (over > end) return -1;
    // Python sees letters and digits where V8 sees bytes: only ASCII is the same to both.
    for (let at = start; at <= over && at < end; at += 1) if (text.charCodeAt(at) > 0x7f) return -1;
    return over;
  }
}
