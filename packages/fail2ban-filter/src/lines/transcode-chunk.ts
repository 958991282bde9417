import type { FilterChunk } from '../filter-chunk.ts';
import type { LogEncoding } from './log-encoding.ts';

/** A chunk in UTF-8 of one that is not, which knows where its lines stand in the log. */
export interface TranscodedChunk extends FilterChunk {
  /** Offset in the log of a line that begins at `start` in {@link bytes}. */
  offsetOf(start: number): number;
}

const lineFeed = 0x0a;
const encoder = new TextEncoder();

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] as number) > 0x7f) return false;
  return true;
}

function nthBreak(bytes: Uint8Array, count: number, from: number): number {
  let at = from;
  for (let rest = count; rest > 0; rest -= 1) at = bytes.indexOf(lineFeed, at) + 1;
  return at;
}

function countBreaks(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed, from); at !== -1 && at < to; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}

/** Offset in the log of a line that begins at `start` in the chunk's bytes. */
export const offsetOf = (chunk: FilterChunk | TranscodedChunk, start: number): number =>
  'offsetOf' in chunk ? chunk.offsetOf(start) : chunk.offset + start;

/** Decodes a chunk and encodes it in UTF-8; one of ASCII is given back as it is. */
export function transcodeChunk(chunk: FilterChunk, encoding: LogEncoding): FilterChunk | TranscodedChunk {
  const { bytes, offset } = chunk;
  if (isAscii(bytes)) return chunk;
  const decoded = encoder.encode(encoding.decode(bytes));
  // The last line asked for, here and there: lines are asked for in order, mostly.
  let known = { here: 0, there: 0 };
  return {
    ...chunk,
    bytes: decoded,
    offsetOf(start) {
      if (start < known.here) known = { here: 0, there: 0 };
      const lines = countBreaks(decoded, known.here, start);
      known = { here: start, there: nthBreak(bytes, lines, known.there) };
      return offset + known.there;
    },
  };
}
