const newline = 10;
/** Bytes that are copied into an engine's memory at once, unless a line is longer. */
const pieceBytes = 262_144;

/** End of the whole lines from `start` on that are scanned at once. */
export function pieceEnd(bytes: Uint8Array, start: number): number {
  if (bytes.length - start <= pieceBytes) return bytes.length;
  const last = bytes.lastIndexOf(newline, start + pieceBytes - 1);
  if (last >= start) return last + 1;
  const next = bytes.indexOf(newline, start + pieceBytes);
  return next === -1 ? bytes.length : next + 1;
}
