import type { DateTemplate } from '../dates/date-template.ts';

const bounds = /\(\?=(?:\^\|)?\\b\|\\W(?:\|\$)?\)/g;
const beyondUs = /\(\?(?![:P])|\(\?P(?![<=])|[*+?}]\+|\\[^\w.()[\]{}/+*?^$|\\:-]|\\[ABZ0-9]/;

/** A Python regex that begins at the line's beginning, for V8; undefined where the two might not agree. */
function translated(regex: string): RegExp | undefined {
  const flags = regex.startsWith('(?i)') ? 'i' : '';
  const body = flags === '' ? regex : regex.slice('(?i)'.length);
  if (!body.startsWith('^') || beyondUs.test(body.replaceAll(bounds, ''))) return undefined;
  const source = body.replaceAll('(?P<', '(?<').replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`);
  try {
    return new RegExp(source, `${flags}my`);
  } catch {
    return undefined;
  }
}

/**
 * Sees at a glance that a date is written at a line's beginning in the way of a template. It may miss one; what it sees is
 * there.
 */
export class DateGlance {
  readonly template: DateTemplate;
  readonly #regex: RegExp | undefined;

  constructor(template: DateTemplate) {
    this.template = template;
    this.#regex = translated(template.regex);
  }

  /** False when it never sees anything. */
  get isUsable(): boolean {
    return this.#regex !== undefined;
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
