/** What stands before the text of a line. */
export interface LogStamp {
  readonly timeMs: number;
  readonly pid: number | undefined;
  /** The id, where the line begins with one. */
  readonly id: string | undefined;
  /** Index of the text. */
  readonly textAt: number;
}

const minuteChars = 'YYYY-MM-DD HH:MM'.length;
const shortIdChars = 16;
const longIdChars = 23;
const [point, plus, minus, bracket] = [...'.+-['].map((character) => character.charCodeAt(0));

const two = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * 48;

/** Reads times, process numbers and ids of lines that a pattern found to have the right form. */
export class LogStamps {
  readonly #isUtc: boolean;
  // Lines come in the order of their times: the minute is mostly that of the line before.
  #minute = '';
  #minuteMs = Number.NaN;
  #utcMinute = '';
  #utcMinuteMs = Number.NaN;

  constructor(isUtc: boolean) {
    this.#isUtc = isUtc;
  }

  /** Undefined when no calendar has the time. */
  read(text: string, hasId: boolean): LogStamp | undefined {
    let at = minuteChars + 3;
    let timeMs = two(text, minuteChars + 1) * 1000;
    if (text.charCodeAt(at) === point) {
      timeMs += (text.charCodeAt(at + 1) - 48) * 100 + two(text, at + 2);
      at += 4;
    }
    const sign = text.charCodeAt(at + 1);
    if (sign === plus || sign === minus) {
      const offsetMs = (two(text, at + 2) * 60 + two(text, at + 4)) * 60_000;
      timeMs += this.#utc(text) - (sign === plus ? offsetMs : -offsetMs);
      at += 6;
    } else timeMs += this.#isUtc ? this.#utc(text) : this.#local(text);
    if (Number.isNaN(timeMs)) return undefined;
    at += 1;
    let pid: number | undefined;
    if (text.charCodeAt(at) === bracket) {
      const end = text.indexOf(']', at);
      pid = Number(text.slice(at + 1, end));
      at = end + 2;
    }
    if (!hasId) return { timeMs, pid, id: undefined, textAt: at };
    const end = at + (text.charCodeAt(at + 13) === minus ? shortIdChars : longIdChars);
    return { timeMs, pid, id: text.slice(at, end), textAt: end + 1 };
  }

  #local(text: string): number {
    if (!text.startsWith(this.#minute) || this.#minute === '') {
      this.#minute = text.slice(0, minuteChars);
      const [year, month, day, hour, minute] = partsOf(text);
      const isValid = !Number.isNaN(utcMs(text));
      this.#minuteMs = isValid ? new Date(year, month - 1, day, hour, minute).getTime() : Number.NaN;
    }
    return this.#minuteMs;
  }

  #utc(text: string): number {
    if (!text.startsWith(this.#utcMinute) || this.#utcMinute === '') {
      this.#utcMinute = text.slice(0, minuteChars);
      this.#utcMinuteMs = utcMs(text);
    }
    return this.#utcMinuteMs;
  }
}

function partsOf(text: string): [year: number, month: number, day: number, hour: number, minute: number] {
  return [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8), two(text, 11), two(text, 14)];
}

function utcMs(text: string): number {
  const [year, month, day, hour, minute] = partsOf(text);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const isValid = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  return isValid ? date.getTime() : Number.NaN;
}
