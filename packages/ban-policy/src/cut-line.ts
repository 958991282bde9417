/**
 * The line's first `maxChars` UTF-16 units. A line that is cut is copied: a slice of a string keeps the whole string in
 * memory, and what is kept here stays for as long as someone fails.
 */
export function cutLine(line: string, maxChars: number): string {
  return line.length <= maxChars ? line : copyOf(line.slice(0, maxChars));
}

/** The same text in memory of its own. */
export const copyOf = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
