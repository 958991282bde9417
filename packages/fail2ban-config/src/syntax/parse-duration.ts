import { faultAt, quote } from '../fail2ban-config-error.ts';
import type { Place } from '../place.ts';

/** Longest text and deepest nesting that are read as a time. */
const MAX_CHARS = 1000;
const MAX_DEPTH = 50;

const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['s ss se sec second seconds', 1],
      ['m mm mi min minute minutes', 60],
      ['h hh ho hou hour hours', 3600],
      ['d dd da day days', 86_400],
      ['w ww we wee week weeks', 604_800],
      ['mo mon month months', 2_629_800],
      ['y yy ye yea year years', 31_557_600],
    ] as const
  ).flatMap(([names, seconds]) => names.split(' ').map((name) => [name, seconds] as const)),
);

const TOKEN = /\s*(?:(\d+(?:\.\d*)?|\.\d+)|([a-z]+)|([-+*/()]))/y;

type Token = number | string;

class DurationParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): number {
    const value = this.#sum();
    return this.#at === this.#tokens.length ? value : Number.NaN;
  }

  /** Terms side by side (`1d 12h`) are added. */
  #sum(): number {
    let value = this.#product();
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token === '+' || token === '-') this.#at += 1;
      else if (typeof token !== 'number') return value;
      value += (token === '-' ? -1 : 1) * this.#product();
    }
  }

  /** A unit is a factor, and no stronger than `*` or `/`. */
  #product(): number {
    let value = this.#term();
    for (;;) {
      const token = this.#tokens[this.#at];
      const unit = typeof token === 'string' ? UNITS.get(token) : undefined;
      if (unit === undefined && token !== '*' && token !== '/') return value;
      this.#at += 1;
      if (unit !== undefined) value *= unit;
      else value = token === '*' ? value * this.#term() : value / this.#term();
    }
  }

  #term(): number {
    let sign = 1;
    let token = this.#tokens[this.#at++];
    while (token === '-' || token === '+') {
      if (token === '-') sign = -sign;
      token = this.#tokens[this.#at++];
    }
    if (typeof token === 'number') return sign * token;
    if (token !== '(' || this.#depth === MAX_DEPTH) return Number.NaN;
    this.#depth += 1;
    const value = sign * this.#sum();
    this.#depth -= 1;
    return this.#tokens[this.#at++] === ')' ? value : Number.NaN;
  }
}

/** The tokens; `undefined` where there is something else, or two numbers touch (`1.2.3`). */
function tokenize(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, number, word, sign] = match;
    if (number !== undefined && typeof tokens.at(-1) === 'number' && !/^\s+\d/.test(match[0])) return undefined;
    tokens.push(number === undefined ? ((word ?? sign) as string) : Number(number));
  }
  return tokens;
}

/**
 * Reads a time in fail2ban's notation: seconds, or numbers with units (`10m`, `1d 12h`, `1.5h`, `6 months`; a year has
 * 365.25 days, a month a twelfth of that), with `+ - * /` and parentheses (`60*60`, `1year-6mo`). Case does not matter.
 * fail2ban lets Python evaluate such a value; here it is parsed, so that nothing in a configuration can run.
 *
 * @param place for the error
 * @returns seconds, possibly with a fraction or negative
 * @throws Fail2banConfigError `ERR_FAIL2BAN_CONFIG_DURATION`
 */
export function parseDuration(text: string, place?: Place): number {
  const tokens = text.length > MAX_CHARS ? undefined : tokenize(text.trim().toLowerCase());
  const value = tokens === undefined ? Number.NaN : new DurationParser(tokens).parse();
  if (Number.isFinite(value)) return value;
  const cure = 'write seconds, or a number with a unit, such as 600, 10m, 1d 12h or 1y';
  throw faultAt(place, 'ERR_FAIL2BAN_CONFIG_DURATION', `${quote(text)} is no time`, cure);
}

/** A fraction, a division, or a unit that is no whole number of seconds with Python: months and years. */
const floatParts = /[./]|mo|(?<![a-z])y/i;

/** Whether fail2ban has a time as a float, which it then prints with a point: `1.5h` is 5400.0, `90m` is 5400. */
export const isFloatDuration = (text: string): boolean => floatParts.test(text);

/** As {@link parseDuration}, in whole milliseconds. */
export const parseTimeMs = (text: string, place?: Place): number => Math.round(parseDuration(text, place) * 1000);
