/**
 * A character of a literal: its code point, with {@link eitherCase} added where an ASCII letter stands for both cases.
 */
export type Cell = number;

export const eitherCase = 0x1000000;

/** Characters in a row, on one line. */
export type Cells = readonly Cell[];

/** A literal as the bytes of a log. */
export interface Literal {
  /** UTF-8; a letter of either case is lower case. */
  readonly bytes: Uint8Array;
  /** 0x20 where the letter's case does not matter, else 0: `(byte | mask) === bytes[i]`. */
  readonly masks: Uint8Array;
  /** For people; a letter of either case is lower case. */
  readonly text: string;
}

const encoder = new TextEncoder();

/** Writes cells as bytes. */
export function literalOf(cells: Cells): Literal {
  const codes = cells.map((cell) => cell & (eitherCase - 1));
  const text = String.fromCodePoint(...codes);
  const bytes = codes.every((code) => code < 0x80) ? Uint8Array.from(codes) : encoder.encode(text);
  const masks = new Uint8Array(bytes.length);
  let at = 0;
  for (const cell of cells) {
    if (cell >= eitherCase) masks[at] = 0x20;
    at += bytesOf(cell & (eitherCase - 1));
  }
  return { bytes, masks, text };
}

/** Bytes of a character in UTF-8. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
