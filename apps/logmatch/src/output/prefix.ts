import type { Place } from '../search/printer.ts';
import type { Output } from './output.ts';

/** What stands before a line. */
export interface PrefixParts {
  readonly paths: boolean;
  readonly lineNumbers: boolean;
  readonly byteOffsets: boolean;
}

/** Writes what stands before a line: path, number and offset, each with a colon, as grep does. */
export class Prefix {
  /** True when nothing does. */
  readonly isEmpty: boolean;
  readonly #parts: PrefixParts;

  constructor(parts: PrefixParts) {
    this.#parts = parts;
    this.isEmpty = !parts.paths && !parts.lineNumbers && !parts.byteOffsets;
  }

  /**
   * @param lineAt where the line begins in the place's bytes
   * @param at where what is printed begins there
   */
  write(output: Output, place: Place, lineAt: number, at: number = lineAt): void {
    const { paths, lineNumbers, byteOffsets } = this.#parts;
    if (paths) output.text(`${place.path}:`);
    if (lineNumbers) output.text(`${place.numberAt(lineAt)}:`);
    if (byteOffsets) output.text(`${place.offset + at}:`);
  }
}
