import { createHash } from 'node:crypto';

/** Key of a record: texts made by {@link keyText}, and numbers. The first part is what records are found together by. */
export type StoreKey = readonly [string, ...(string | number)[]];

/** Well below LMDB's 1978 bytes a key, for each of up to three parts. */
const maxChars = 480;
const plain = /^[\x20-\x22\x24-\x7e][\x20-\x7e]*$/;

/**
 * A text as part of a key: as it is when it is short printable ASCII, else `#` and its SHA-256. Ids are chosen by
 * attackers: they may be of any length, and hold NUL or halves of surrogate pairs, which keys cannot.
 */
export function keyText(text: string): string {
  if (text.length <= maxChars && plain.test(text)) return text;
  return `#${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}
