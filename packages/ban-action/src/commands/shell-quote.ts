const plain = /^[\w.,:/@%+=-]+$/;
const control = /\p{Cc}/u;
const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
  ["'", "\\'"],
]);

/** Bytes in octal: `\x` would take in a hexadecimal digit that follows. */
const octal = (char: string): string =>
  [...new TextEncoder().encode(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');

/**
 * One word of a shell command, on one line, for people to read and paste: control characters, which could give orders
 * to a terminal, are written as escapes (`$'\n'`, which bash, ksh, zsh and busybox read). Nothing in this package gives
 * its result to a shell.
 */
export function shellQuote(word: string): string {
  if (plain.test(word)) return word;
  if (!control.test(word)) return `'${word.replaceAll("'", "'\\''")}'`;
  return `$'${word.replace(/[\p{Cc}\\']/gu, (char) => named.get(char) ?? octal(char))}'`;
}
