/** Whole lines, and what stands behind the last break. */
export interface Recoded {
  readonly lines: Uint8Array;
  readonly rest: Uint8Array;
}

const utf8Names = new Set(['utf-8', 'utf8', 'auto', 'ascii', 'us-ascii']);
const lineFeed = 0x0a;
const none = new Uint8Array();

function divided(bytes: Uint8Array): Recoded {
  const end = bytes.lastIndexOf(lineFeed) + 1;
  return { lines: bytes.subarray(0, end), rest: bytes.subarray(end) };
}

/**
 * Makes UTF-8 of a log in another encoding, part by part. A part may end within a character or a line.
 *
 * @throws RangeError for an encoding that nobody knows
 */
export function textRecoder(encoding: string): (bytes: Uint8Array, isLast: boolean) => Recoded {
  if (utf8Names.has(encoding.toLowerCase()))
    return (bytes, isLast) => (isLast ? divided(bytes) : { lines: bytes, rest: none });
  const decoder = new TextDecoder(encoding.replaceAll('_', '-'));
  let kept = '';
  return (bytes, isLast) => {
    const text = kept + decoder.decode(bytes, { stream: !isLast });
    const end = text.lastIndexOf('\n') + 1;
    kept = text.slice(end);
    return { lines: Buffer.from(text.slice(0, end)), rest: isLast ? Buffer.from(kept) : none };
  };
}
