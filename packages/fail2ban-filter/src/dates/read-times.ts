import type { DateTemplate } from './date-template.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A date so near to a time at which it could mean another year or day is read anew. */
const marginMs = 2 * minuteMs;

const zero = 0x30;
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - zero;

/** The second at the end of `…:mm:ss`; -1 where a text does not end so. */
function secondOf(text: string): number {
  const { length } = text;
  if (text.charAt(length - 3) !== ':' || text.charAt(length - 6) !== ':') return -1;
  const [tenMinutes, minutes] = [digitAt(text, length - 5), digitAt(text, length - 4)];
  const [tens, ones] = [digitAt(text, length - 2), digitAt(text, length - 1)];
  const isClock = tenMinutes >= 0 && tenMinutes <= 5 && minutes >= 0 && minutes <= 9;
  return isClock && tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1;
}

/** The last date that was read: a log has many dates of one second, and more of one minute. */
export class ReadTimes {
  #template: DateTemplate | undefined;
  #text = '';
  #nowMs = 0;
  #timeMs = 0;
  /** Of the last date, if others of its minute can be told from it. */
  #second = -1;

  /** The time of a date text that a template has matched as a whole; undefined when it has to be read. */
  timeOf(template: DateTemplate, text: string, nowMs: number): number | undefined {
    if (template !== this.#template || nowMs !== this.#nowMs) return undefined;
    if (text === this.#text) return this.#timeMs;
    if (this.#second === -1 || text.length !== this.#text.length) return undefined;
    const second = secondOf(text);
    if (second === -1 || !text.startsWith(this.#text.slice(0, -2))) return undefined;
    return this.#timeMs + (second - this.#second) * 1000;
  }

  remember(template: DateTemplate, text: string, nowMs: number, timeMs: number): void {
    this.#template = template;
    this.#text = text;
    this.#nowMs = nowMs;
    this.#timeMs = timeMs;
    const isClear = Math.abs(timeMs - nowMs) > marginMs && Math.abs(timeMs - nowMs - dayMs) > marginMs;
    this.#second = template.isUsual && isClear ? secondOf(text) : -1;
  }
}
