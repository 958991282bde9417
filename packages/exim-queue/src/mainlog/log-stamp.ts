const minuteChars = 'YYYY-MM-DD HH:MM'.length;
const shortIdChars = 16;
const longIdChars = 23;
const point = 46;
const plus = 43;
const minus = 45;
const bracket = 91;
const zero = 48;

/**
 * Reads what stands before the text of lines that a pattern found to have the right form: time, process, id. One object reads
 * line after line and tells of the last one.
 */
export class LogStamp {
  timeMs = 0;
  pid: number | undefined;
  /** The id, where the line begins with one. */
  id: string | undefined;
  /** Index of the text. */
  textAt = 0;
  readonly #isUtc: boolean;
  // Lines come in the order of their times: the minute is mostly that of the line before.
  readonly #local: Minute = { text: '', ms: Number.NaN };
  readonly #utc: Minute = { text: '', ms: Number.NaN };

  constructor(isUtc: boolean) {
    this.#isUtc = isUtc;
  }

  /** False when no calendar has the time. */
  read(text: string, hasId: boolean): boolean {
    let at = minuteChars + 3;
    let timeMs = two(text, minuteChars + 1) * 1000;
    if (text.charCodeAt(at) === point) {
      timeMs += (text.charCodeAt(at + 1) - zero) * 100 + two(text, at + 2);
      at += 4;
    }
    const sign = text.charCodeAt(at + 1);
    if (sign === plus || sign === minus) {
      const offsetMs = (two(text, at + 2) * 60 + two(text, at + 4)) * 60_000;
      timeMs += minuteMs(this.#utc, text, utcMs) - (sign === plus ? offsetMs : -offsetMs);
      at += 6;
    } else timeMs += this.#isUtc ? minuteMs(this.#utc, text, utcMs) : minuteMs(this.#local, text, localMs);
    at += 1;
    this.timeMs = timeMs;
    this.pid = undefined;
    this.id = undefined;
    if (text.charCodeAt(at) === bracket) {
      const end = text.indexOf(']', at);
      this.pid = Number(text.slice(at + 1, end));
      at = end + 2;
    }
    if (hasId) {
      const end = at + (text.charCodeAt(at + 13) === minus ? shortIdChars : longIdChars);
      this.id = text.slice(at, end);
      at = end + 1;
    }
    this.textAt = at;
    return !Number.isNaN(timeMs);
  }
}

interface Minute {
  text: string;
  ms: number;
}

function minuteMs(last: Minute, text: string, read: (text: string) => number): number {
  if (last.text === '' || !text.startsWith(last.text)) {
    last.text = text.slice(0, minuteChars);
    last.ms = read(text);
  }
  return last.ms;
}

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * zero;

type Parts = [year: number, month: number, day: number, hour: number, minute: number];

function partsOf(text: string): Parts {
  return [two(text, 0) * 100 + two(text, 2), two(text, 5) - 1, two(text, 8), two(text, 11), two(text, 14)];
}

function utcMs(text: string): number {
  const parts = partsOf(text);
  const [, month, day, hour, minute] = parts;
  const date = new Date(Date.UTC(...parts));
  const isValid = date.getUTCMonth() === month && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isValid ? date.getTime() : Number.NaN;
}

const localMs = (text: string): number =>
  Number.isNaN(utcMs(text)) ? Number.NaN : new Date(...partsOf(text)).getTime();
