const lineBreak = 0x0a;
const nul = 0;

/**
 * The addresses that a journal (`-J`) says are delivered: Exim appends one to it after each delivery, and takes them into
 * -H when it has finished with the message.
 *
 * A line counts when its break is there, as Exim takes it; the last one may be in the middle of being written. Never
 * throws; what is not UTF-8 becomes U+FFFD.
 */
export function parseJournal(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const addresses: string[] = [];
  let start = 0;
  for (let end = buffer.indexOf(lineBreak); end !== -1; end = buffer.indexOf(lineBreak, start)) {
    const line = buffer.subarray(start, end);
    // To Exim a line ends at a NUL, and then lacks its break.
    if (line.length > 0 && !line.includes(nul)) addresses.push(line.toString('utf8'));
    start = end + 1;
  }
  return addresses;
}
