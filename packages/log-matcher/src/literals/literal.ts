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
  const bytes: number[] = [];
  const masks: number[] = [];
  let text = '';
  for (const cell of cells) {
    const code = cell & (eitherCase - 1);
    const char = String.fromCodePoint(code);
    text += char;
    for (const byte of code < 0x80 ? [code] : encoder.encode(char)) {
      bytes.push(byte);
      masks.push(cell >= eitherCase ? 0x20 : 0);
    }
  }
  return { bytes: Uint8Array.from(bytes), masks: Uint8Array.from(masks), text };
}

/** Whether a literal's byte fits a byte of the log. */
export const fits = ({ bytes, masks }: Literal, index: number, byte: number | undefined): boolean =>
  byte !== undefined && (byte | (masks[index] as number)) === bytes[index];
