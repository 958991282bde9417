const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/**
 * The text without ASCII blanks around it. `trim()` would take the byte 0xa0, with which many a character of UTF-8 ends,
 * for a blank; an expression that ends in `+$` takes quadratic time.
 */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
