/** Undoes the escapes of a TEXT value (RFC 5545, 3.3.11) that was unfolded: `\n` and `\N`, `\\`, `\;`, `\,`. */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replaceAll(/\\([nN\\;,])/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter));
}
