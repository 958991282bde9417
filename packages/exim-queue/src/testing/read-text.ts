/** All that an iterable of bytes gives, each byte a character. */
export async function readText(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const blocks: Uint8Array[] = [];
  for await (const block of chunks) blocks.push(block);
  return Buffer.concat(blocks).toString('latin1');
}
