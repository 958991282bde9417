const newline = 10;
const carriageReturn = 13;

/** Where the next line begins, or the end of the bytes, for a line that a scan found: its break is not part of it. */
export function endOfLine(bytes: Uint8Array, { offset, length }: { offset: number; length: number }): number {
  let end = offset + length;
  if (bytes[end] === carriageReturn) end += 1;
  return bytes[end] === newline ? end + 1 : end;
}
