import { isLittleEndian } from '../netlink/is-little-endian.ts';
import { commentBytes } from './comment-bytes.ts';

/** Types of what nft keeps with a rule or an element (libnftnl/udata.h); an element's flags are its second. */
const comment = 0;
const elementFlags = 1;
const utf8 = new TextDecoder('utf-8');

/** User data that holds a comment: type, length, text with its NUL. */
export function commentData(text: string): Uint8Array {
  const bytes = commentBytes(text);
  const data = new Uint8Array(2 + bytes.length);
  data[0] = comment;
  data[1] = bytes.length;
  data.set(bytes, 2);
  return data;
}

/** User data that says to nft that a range has no end: flag 1, in the machine's byte order. */
export const openEndData: Uint8Array = Uint8Array.of(
  elementFlags,
  4,
  ...(isLittleEndian ? [1, 0, 0, 0] : [0, 0, 0, 1]),
);

/** The comment in user data, which are those of whoever made the thing: what cannot be read is no comment. */
export function commentOf(data: Uint8Array | undefined): string | undefined {
  if (data === undefined) return undefined;
  for (let at = 0; at + 2 <= data.length; ) {
    const end = at + 2 + (data[at + 1] as number);
    if (end > data.length) return undefined;
    if (data[at] === comment) {
      const text = data.subarray(at + 2, end);
      const nul = text.indexOf(0);
      return utf8.decode(nul < 0 ? text : text.subarray(0, nul));
    }
    at = end;
  }
  return undefined;
}
