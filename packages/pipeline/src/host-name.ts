const maxNameChars = 253;
const label = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?';
const labels = new RegExp(`^(?:${label}\\.)*(${label})\\.?$`);
const number = /^(?:\d+|0x[0-9a-f]*)$/i;

/**
 * Whether a text may be asked of a resolver: labels of letters, digits, `-` and `_`, 253 characters at most (RFC 1123,
 * section 2.1; RFC 1035, section 2.3.4).
 *
 * A name whose last label is a number is none: resolvers of the C library take `1.2.3`, `0x7f.1` and `3232235521` for
 * addresses in spellings of their own.
 */
export function isHostName(text: string): boolean {
  const last = text.length <= maxNameChars + 1 ? labels.exec(text)?.[1] : undefined;
  return last !== undefined && !number.test(last) && text.replace(/\.$/, '').length <= maxNameChars;
}
