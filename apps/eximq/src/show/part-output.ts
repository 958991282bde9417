import { isTerminal, printable, writeAll } from '@sluice/command-line';

/** Text with its lines and tabs, but nothing that could move a terminal's cursor or forge what it shows. */
const printableLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\t').map(printable).join('\t'))
    .join('\n');

/** Writes a file of a message: byte for byte, save on a terminal, where what could act on it is replaced. */
export async function writePart(fd: number, part: AsyncIterable<Uint8Array>): Promise<void> {
  const isShown = isTerminal(fd);
  const decoder = new TextDecoder();
  for await (const bytes of part) {
    if (isShown) writeAll(fd, printableLines(decoder.decode(bytes, { stream: true })));
    else writeAll(fd, bytes);
  }
}
