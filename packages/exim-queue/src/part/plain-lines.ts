const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Lines that end in CRLF made to end in LF, however they are divided into pieces. A lone CR stays. */
export async function* withoutCarriageReturns(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  /** A CR at the end of a piece, of which the next one tells what it is. */
  let isHeld = false;
  for await (const chunk of chunks) {
    const text: Buffer = isHeld ? Buffer.concat([Buffer.of(carriageReturn), chunk]) : chunk;
    isHeld = text.at(-1) === carriageReturn;
    const plain = plainText(isHeld ? text.subarray(0, -1) : text);
    if (plain.length > 0) yield plain;
  }
  if (isHeld) yield Buffer.of(carriageReturn);
}

function plainText(text: Buffer): Buffer {
  const plain = Buffer.allocUnsafe(text.length);
  let length = 0;
  let start = 0;
  for (let end = text.indexOf(lineFeed); end !== -1; end = text.indexOf(lineFeed, start)) {
    const hasReturn = end > start && text[end - 1] === carriageReturn;
    length += text.copy(plain, length, start, hasReturn ? end - 1 : end);
    plain[length] = lineFeed;
    length += 1;
    start = end + 1;
  }
  length += text.copy(plain, length, start);
  return plain.subarray(0, length);
}
