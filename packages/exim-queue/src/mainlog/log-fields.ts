import type { QueueHost } from '../queue-entry.ts';
import { addressEnd } from './address-text.ts';
import { hostText } from './host-text.ts';

/** More fields than Exim knows. */
const maxFields = 64;
const maxNameChars = 16;
const blank = 32;
const equals = 61;
const colon = 58;
const quote = 34;
const angle = 60;
const asterisk = 42;

/**
 * Fields ` NAME=value`. A value ends at a blank, save in quotes and angle brackets and in ` H=`; a colon behind a value begins
 * the explanation. One object reads line after line.
 */
export class LogFields {
  host: QueueHost | undefined;
  /** Index of the colon before Exim's explanation, or of the first part that is no field. */
  end = 0;
  readonly #names: string[] = [];
  readonly #values: string[] = [];

  /** The first field of a name. */
  get(name: string): string | undefined {
    const at = this.#names.indexOf(name);
    return at < 0 ? undefined : this.#values[at];
  }

  /**
   * @param words words without a value that may stand between, where one begins at its `lastIndex`
   * @param isStopping whether the fields that hold text of strangers end it: ` id=`, ` T="`
   */
  read(text: string, from: number, words: RegExp, isStopping: boolean): void {
    this.host = undefined;
    this.#names.length = 0;
    this.#values.length = 0;
    let at = from;
    for (let count = 0; count < maxFields && text.charCodeAt(at) === blank; count += 1) {
      const nameEnd = endOfName(text, at + 1);
      if (text.charCodeAt(nameEnd) !== equals) {
        words.lastIndex = at;
        const word = words.exec(text)?.[0];
        if (word === undefined) break;
        at += word.length;
        continue;
      }
      const name = text.slice(at + 1, nameEnd);
      const start = nameEnd + 1;
      if (isStopping && isStrangers(name, text.charCodeAt(start))) break;
      const found = name === 'H' ? hostText(text, start) : undefined;
      if (found !== undefined) this.host ??= found.host;
      const end = found?.end ?? valueEnd(text, start);
      const isLast = found === undefined && text.charCodeAt(end - 1) === colon;
      this.#names.push(name);
      this.#values.push(text.slice(start, isLast ? end - 1 : end));
      at = isLast ? end - 1 : end;
      if (text.charCodeAt(at) === asterisk) at += 1;
      if (isLast) break;
    }
    this.end = at;
  }
}

function endOfName(text: string, from: number): number {
  const last = from + maxNameChars;
  let at = from;
  while (at < last) {
    const code = text.charCodeAt(at) | 32;
    if (code < 97 || code > 122) break;
    at += 1;
  }
  // `M8S=`, and the star of an id that Exim made up.
  while (at > from && at < last && (isDigitOrLetter(text.charCodeAt(at)) || text.charCodeAt(at) === asterisk)) at += 1;
  return at;
}

const isDigitOrLetter = (code: number): boolean =>
  (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);

/** The transport of a delivery is a T too, without quotes. */
const isStrangers = (name: string, first: number): boolean =>
  name === 'id' || name === 'id*' || (name === 'T' && first === quote);

const valueEnd = (text: string, start: number): number =>
  addressEnd(text, text.charCodeAt(start) === angle ? start + 1 : start);
