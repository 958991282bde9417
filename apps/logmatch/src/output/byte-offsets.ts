const replacement = '\ufffd';

/** Bytes that may follow a lead byte of UTF-8 as the second one (Unicode, table 3-7), and how many follow in all. */
function sequenceAt(lead: number): readonly [following: number, low: number, high: number] {
  if (lead < 0xc2 || lead > 0xf4) return [0, 0, 0];
  if (lead < 0xe0) return [1, 0x80, 0xbf];
  if (lead < 0xf0) return [2, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
  return [3, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
}

/** Where each UTF-16 unit of the decoded bytes begins in them, and the end of the last one. */
function unitOffsets(bytes: Uint8Array, units: number): Uint32Array {
  const offsets = new Uint32Array(units + 1);
  let unit = 0;
  for (let at = 0; at < bytes.length; ) {
    const [following, low, high] = sequenceAt(bytes[at] as number);
    let next = at + 1;
    let [from, to] = [low, high];
    while (next <= at + following && next < bytes.length && inRange(bytes[next] as number, from, to)) {
      next += 1;
      [from, to] = [0x80, 0xbf];
    }
    offsets[unit++] = at;
    // Four whole bytes are two units.
    if (following === 3 && next === at + 4) offsets[unit++] = at;
    at = next;
  }
  offsets[units] = bytes.length;
  return offsets;
}

const inRange = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;

/**
 * Maps the UTF-16 units of a decoded line to its bytes; each invalid sequence is one U+FFFD, as the Encoding Standard
 * decodes.
 *
 * @param text what the bytes decode to
 */
export function byteOffsets(bytes: Uint8Array, text: string): (unit: number) => number {
  // As many units as bytes, and none that stands for a byte that is no text: ASCII.
  if (text.length === bytes.length && !text.includes(replacement)) return (unit) => unit;
  const offsets = unitOffsets(bytes, text.length);
  return (unit) => offsets[unit] as number;
}
