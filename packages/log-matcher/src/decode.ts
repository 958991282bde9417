/** Decodes the part of some bytes from `start` up to `end`. */
export type Decode = (start: number, end: number) => string;

// Deno, Bun and Node.js have it, browsers do not; it decodes short parts several times faster than TextDecoder.
const { Buffer: NodeBuffer } = globalThis as { Buffer?: typeof Buffer };

interface QuickBuffer {
  latin1Slice(start: number, end: number): string;
}

/** Most characters that are passed to one call; engines bound the number of arguments. */
const maxArguments = 8192;

/** A part that TextDecoder takes: browsers refuse shared memory. */
const part = (bytes: Uint8Array, start: number, end: number): Uint8Array =>
  bytes.buffer instanceof ArrayBuffer ? bytes.subarray(start, end) : bytes.slice(start, end);

/** {@link utf8Decoder} without Node's Buffer. */
export function portableUtf8Decoder(bytes: Uint8Array): Decode {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (start, end) => decoder.decode(part(bytes, start, end));
}

/** {@link latin1Decoder} without Node's Buffer. TextDecoder cannot do it: its `latin1` is windows-1252. */
export function portableLatin1Decoder(bytes: Uint8Array): Decode {
  return (start, end) => {
    let text = '';
    for (let at = start; at < end; at += maxArguments) {
      text += String.fromCharCode(...bytes.subarray(at, Math.min(at + maxArguments, end)));
    }
    return text;
  };
}

/**
 * Decodes parts of some bytes from UTF-8. Each maximal part of an invalid sequence is U+FFFD, as the Unicode and WHATWG
 * standards have it; a byte order mark is a character like others.
 *
 * @param bytes not copied: a call decodes what they are at that time
 */
export function utf8Decoder(bytes: Uint8Array): Decode {
  if (NodeBuffer === undefined) return portableUtf8Decoder(bytes);
  const view = NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (start, end) => view.toString('utf8', start, end);
}

/**
 * Decodes parts of some bytes as Latin-1: one character for each byte.
 *
 * @param bytes not copied: a call decodes what they are at that time
 */
export function latin1Decoder(bytes: Uint8Array): Decode {
  if (NodeBuffer === undefined) return portableLatin1Decoder(bytes);
  const view = NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as Buffer & Partial<QuickBuffer>;
  // What `toString` comes to: for a short text the way there takes longer than the text.
  return view.latin1Slice === undefined
    ? (start, end) => view.toString('latin1', start, end)
    : (start, end) => (view as QuickBuffer).latin1Slice(start, end);
}
