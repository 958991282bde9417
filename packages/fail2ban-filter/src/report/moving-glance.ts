import type { DateDetector } from '../dates/date-detector.ts';
import type { DateTemplate } from '../dates/date-template.ts';
import { defaultTemplates } from '../dates/default-templates.ts';
import { sticky } from './sticky.ts';

const openBracket = 0x5b;
const atSign = 0x40;
const colon = 0x3a;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** Hours, minutes and seconds, which each default has but those of six digits and more, and TAI64N. */
const clock = /\d:\d{1,2}:\d{1,2}(?![0-9a-f])/i;
const fewestDigits = 6;

/** Dates as Apache writes them, in brackets: nothing else that is read unasked begins so. */
const isBracketed = ({ name }: DateTemplate): boolean => name.startsWith('%d(?P<_sep>[-/])%b(?P=_sep)');

interface Seen {
  readonly start: number;
  readonly end: number;
  readonly beforeStart: number;
  readonly atEnd: number;
}

/**
 * Sees at a glance that the date of a line is the first thing in brackets, in the way of the last one, though maybe in
 * another column: access logs, whose lines begin with an address. It knows the rules of {@link DateDetector} and the default
 * templates: it says yes only where that would come to the same date. It may miss one.
 */
export class MovingGlance {
  readonly template: DateTemplate;
  readonly #regex: RegExp;
  readonly #detector: DateDetector;
  #text = '';
  #nextAtSign = -1;
  #last: Seen | undefined;

  private constructor(template: DateTemplate, regex: RegExp, detector: DateDetector) {
    this.template = template;
    this.#regex = regex;
    this.#detector = detector;
  }

  /** Undefined where the detector's last template, or another one that it has, is not for this. */
  static of(detector: DateDetector): MovingGlance | undefined {
    const template = detector.last?.template;
    if (template === undefined || !isBracketed(template)) return undefined;
    const known = new Set(defaultTemplates());
    const regex = sticky(template.regex);
    const isUsual = detector.ranked.every((ranked) => known.has(ranked.template));
    return regex !== undefined && isUsual ? new MovingGlance(template, regex, detector) : undefined;
  }

  /** Where the last date that it saw stands in its line. */
  get place(): { readonly start: number; readonly end: number } | undefined {
    return this.#last;
  }

  /** Begins where the detector stands. */
  begin(): void {
    const last = this.#detector.last;
    if (last === undefined) return;
    const { start, end, around } = last;
    const code = (char: string): number => (char === '' ? -1 : char.charCodeAt(0));
    const isPlain = /^\d$/.test(around.atStart) && /^[0-9A-Z]$/i.test(around.beforeEnd);
    this.#last = isPlain ? { start, end, beforeStart: code(around.beforeStart), atEnd: code(around.atEnd) } : undefined;
  }

  /**
   * Where the date is over; -1 when it is not seen.
   *
   * @param text a character for each byte
   * @param lineStart of the line
   * @param lineEnd of the line, without its break
   */
  endOf(text: string, lineStart: number, lineEnd: number): number {
    const last = this.#last;
    if (last === undefined) return -1;
    const bracket = this.#bracketIn(text, lineStart, lineEnd);
    if (bracket < lineStart + 2) return -1;
    const start = bracket + 1;
    this.#regex.lastIndex = start;
    if (!isDigit(text.charCodeAt(start)) || !this.#regex.test(text)) return -1;
    const over = this.#regex.lastIndex;
    const [from, to] = [start - lineStart, over - lineStart];
    const upTo = Math.min(lineEnd, Math.max(over, lineStart + last.end) + 1);
    if (over >= lineEnd) return -1;
    // What the regex took is of ASCII: a date of this kind has digits, letters and signs that it names.
    for (let at = over; at < upTo; at += 1) if (text.charCodeAt(at) > 0x7f) return -1;
    if ((from !== last.start || to !== last.end) && !this.#mayMove(text, lineStart, lineEnd, from, to, last)) return -1;
    this.#last = { start: from, end: to, beforeStart: openBracket, atEnd: text.charCodeAt(over) };
    return over;
  }

  /** The first bracket of a line, if nothing before it can be a date; -1 if not. */
  #bracketIn(text: string, start: number, end: number): number {
    let digits = 0;
    let hasColon = false;
    for (let at = start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === openBracket) return hasColon && clock.test(text.slice(start, at)) ? -1 : at;
      digits = isDigit(code) ? digits + 1 : 0;
      if (digits === fewestDigits || code === atSign || code > 0x7f) return -1;
      if (code === colon) hasColon = true;
    }
    return -1;
  }

  /** Whether the detector, its last date being elsewhere, finds this one all the same. */
  #mayMove(text: string, lineStart: number, lineEnd: number, from: number, to: number, last: Seen): boolean {
    const codeAt = (index: number): number => {
      const at = lineStart + index;
      return index < 0 || at >= lineEnd ? -1 : text.charCodeAt(at);
    };
    const bordersAgree = codeAt(last.start - 1) === last.beforeStart && codeAt(last.end) === last.atEnd;
    if (from > last.start ? bordersAgree : last.start > to) return false;
    const final = this.#detector.ranked.at(-1)?.template;
    if (final === this.template) return true;
    return final?.name === 'TAI64N' && !this.#hasAtSign(text, lineStart, lineEnd);
  }

  /** The template that is tried last wins wherever it hits. */
  #hasAtSign(text: string, start: number, end: number): boolean {
    if (this.#text !== text) {
      this.#text = text;
      this.#nextAtSign = -1;
    }
    if (this.#nextAtSign < start) {
      const found = text.indexOf('@', start);
      this.#nextAtSign = found === -1 ? text.length : found;
    }
    return this.#nextAtSign < end;
  }
}
