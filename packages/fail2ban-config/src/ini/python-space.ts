/** What Python's `str.isspace` holds for white: JavaScript's set with \x1c–\x1f and \x85, without U+FEFF. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';

const LEADING = new RegExp(`^${SPACE}+`);
const ONE = new RegExp(`^${SPACE}$`);

/** True for one white character. */
export const isSpace = (character: string): boolean => ONE.test(character);

/** How many white characters a line begins with. */
export const indentOf = (line: string): number => LEADING.exec(line)?.[0].length ?? 0;

/** Python's `str.rstrip`; a loop, because a regular expression takes quadratic time on long runs of white. */
export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}

/** Python's `str.strip`. */
export const strip = (text: string): string => stripEnd(text.slice(indentOf(text)));
