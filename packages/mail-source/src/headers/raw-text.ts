import { decodeUnnamed } from './charset.ts';

const beyondAscii = /[\u0080-\u00ff]/;

/**
 * Text of header bytes as they stand: UTF-8 (RFC 6532), or else windows-1252. Always a string of its own, which does not
 * keep the header block that it was cut from.
 *
 * @param raw as Latin-1
 */
export function rawText(raw: string): string {
  if (beyondAscii.test(raw)) return decodeUnnamed(Buffer.from(raw, 'latin1'));
  // A slice refers to the string that it is a slice of: here to one that is longer by a blank.
  return ` ${raw}`.slice(1);
}
