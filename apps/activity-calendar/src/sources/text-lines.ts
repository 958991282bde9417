/** A line, or `undefined` in the place of one that is too long. */
export type TextLine = string | undefined;

/** Splits UTF-8 into lines, whatever its chunks are. A line beyond the bound is dropped as it comes, not held. */
export class TextLines {
  readonly #decoder = new TextDecoder();
  readonly #maxLength: number;
  #rest = '';
  #isTooLong = false;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  /** The lines that end in a chunk, without their line feeds. */
  add(chunk: Uint8Array): TextLine[] {
    return this.#take(this.#decoder.decode(chunk, { stream: true }).split('\n'));
  }

  /** The last line, when it has no line feed. */
  end(): TextLine[] {
    const lines = this.#take(`${this.#decoder.decode()}\n`.split('\n'));
    return lines.filter((line) => line !== '');
  }

  #take(pieces: string[]): TextLine[] {
    const lines: TextLine[] = [];
    for (const [index, piece] of pieces.entries()) {
      this.#isTooLong ||= this.#rest.length + piece.length > this.#maxLength;
      this.#rest = this.#isTooLong ? '' : this.#rest + piece;
      if (index === pieces.length - 1) break;
      lines.push(this.#isTooLong ? undefined : this.#rest);
      this.#rest = '';
      this.#isTooLong = false;
    }
    return lines;
  }
}
