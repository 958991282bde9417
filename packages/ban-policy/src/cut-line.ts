/**
 * The line's first `maxChars` UTF-16 units. A line that is cut is copied: a slice of a string keeps the whole string in
 * memory, and what is kept here stays for as long as someone fails.
 */
export function cutLine(line: string, maxChars: number): string {
  if (line.length <= maxChars) return line;
  const head = line.slice(0, maxChars);
  return Buffer.from(head, 'utf16le').toString('utf16le');
}
