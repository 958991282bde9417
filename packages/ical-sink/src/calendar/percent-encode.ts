// What RFC 3986 lets stand in a URI: unreserved and reserved characters, and the escapes themselves.
const foreign = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/u;
const foreigns = new RegExp(foreign.source, 'gu');
const utf8 = new TextEncoder();

const escaped = (character: string): string =>
  Array.from(utf8.encode(character), (octet) => `%${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/**
 * An address with everything that a URI cannot hold percent-encoded as UTF-8: blanks, controls, line breaks, letters
 * beyond ASCII. So it stays in its line of the calendar, whatever it was made of. What is encoded already stays as it is.
 */
export function percentEncode(address: string): string {
  return foreign.test(address) ? address.replace(foreigns, escaped) : address;
}
