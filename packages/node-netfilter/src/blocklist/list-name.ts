const maxBytes = 127;
const encoder = new TextEncoder();

function make(list: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that have to go
  const safe = list.replace(/["\\\x00-\x1f\x7f]/g, '_');
  if (safe.length * 3 <= maxBytes) return safe;
  const { read } = encoder.encodeInto(safe, new Uint8Array(maxBytes));
  return safe.slice(0, read);
}

let lastGiven = '';
let lastMade = '';

/**
 * A list's name as a comment that nft takes and prints as it is: without quotes and control characters, at most 127 bytes.
 * It is what the list is known by, so that it is the same one when it is read back from the kernel.
 */
export function listName(list: string): string {
  if (list !== lastGiven) {
    lastMade = make(list);
    lastGiven = list;
  }
  return lastMade;
}
