const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const control = /[\0-\x1f\x7f-\xa0\xad]/g;

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(control, (char) => named[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return quote + escaped + quote;
}

/** Texts as one, the way Python prints a tuple of them, which is what fail2ban passes on: `('a', None, "it's")`. */
export const tupleText = (parts: readonly (string | undefined)[]): string =>
  `(${parts.map((part) => (part === undefined ? 'None' : quoted(part))).join(', ')}${parts.length === 1 ? ',' : ''})`;
