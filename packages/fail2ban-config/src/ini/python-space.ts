/** What Python's `str.isspace` holds for white: JavaScript's set with \x1c–\x1f and \x85, without U+FEFF. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';

const ONE = new RegExp(`^${SPACE}$`);

/** True for one white character. */
export function isSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  // Nearly all text is in here, and a loop of comparisons is far quicker than a regular expression.
  if (code < 0x80) return code === 0x20 || (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x1f);
  return ONE.test(character);
}

/** How many white characters a line begins with. */
export function indentOf(line: string): number {
  let at = 0;
  while (at < line.length && isSpace(line[at] as string)) at += 1;
  return at;
}

/** Python's `str.rstrip`; a loop, because a regular expression takes quadratic time on long runs of white. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1] as string)) end -= 1;
  return end === text.length ? text : text.slice(0, end);
}

/** Python's `str.strip`. */
export const strip = (text: string): string => stripEnd(text.slice(indentOf(text)));
