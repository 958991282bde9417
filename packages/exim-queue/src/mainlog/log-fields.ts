import type { QueueHost } from '../queue-entry.ts';
import { addressEnd } from './address-text.ts';
import { hostText } from './host-text.ts';

/** Fields of one line by their names, the first of each name. */
export interface LogFields {
  readonly values: ReadonlyMap<string, string>;
  readonly host: QueueHost | undefined;
  /** Index of the colon before Exim's explanation, or of the first part that is no field. */
  readonly end: number;
}

/** More fields than Exim knows. */
const maxFields = 64;
const fieldName = /^ ([A-Za-z][A-Za-z0-9]{0,15}\*?)=/u;
const nameChars = 20;
/** What follows is the sender's text, or all the recipients. */
const stops = new Set(['id', 'id*', 'T', 'from', 'for']);

/**
 * Fields ` NAME=value` from `from` on. A value ends at a blank, save in quotes and angle brackets and in ` H=`; a colon behind
 * a value begins the explanation.
 *
 * @param words words without a value that may stand between
 * @param isStopping whether the fields that hold text of strangers end it
 */
export function logFields(text: string, from: number, words: RegExp, isStopping: boolean): LogFields {
  const values = new Map<string, string>();
  let host: QueueHost | undefined;
  let at = from;
  for (let count = 0; count < maxFields && text.charCodeAt(at) === 32; count += 1) {
    const head = text.slice(at, at + nameChars);
    const name = fieldName.exec(head)?.[1];
    if (name === undefined) {
      const word = words.exec(head)?.[0];
      if (word === undefined) break;
      at += word.length;
      continue;
    }
    // The transport of a delivery is a T too.
    if (isStopping && stops.has(name) && (name !== 'T' || text[at + 3] === '"')) break;
    const start = at + name.length + 2;
    const found = name === 'H' ? hostText(text, start) : undefined;
    if (found !== undefined) host ??= found.host;
    const end = found?.end ?? valueEnd(text, start);
    const isLast = text[end - 1] === ':' && found === undefined;
    if (!values.has(name)) values.set(name, text.slice(start, isLast ? end - 1 : end));
    at = isLast ? end - 1 : end;
    if (text[at] === '*') at += 1;
    if (isLast) break;
  }
  return { values, host, end: at };
}

const valueEnd = (text: string, start: number): number => {
  if (text.charCodeAt(start) !== 60) return addressEnd(text, start);
  const end = addressEnd(text, start + 1);
  return end;
};
