const lineFeed = 0x0a;
const carriageReturn = 0x0d;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Calls `visit` for each line, also for a last one without a break.
 *
 * @param visit gets the text without its break (`\n`, and any `\r` before it), and the offset of its first byte
 */
export function eachLine(bytes: Uint8Array, visit: (text: string, offset: number) => void): void {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    let textEnd = end;
    while (textEnd > start && bytes[textEnd - 1] === carriageReturn) textEnd -= 1;
    visit(decoder.decode(bytes.subarray(start, textEnd)), start);
    start = end + 1;
  }
}
