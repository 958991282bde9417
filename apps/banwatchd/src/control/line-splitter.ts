const lineFeed = 0x0a;

/** Puts lines together from the blocks of a connection, none longer than a bound. */
export class LineSplitter {
  readonly #maxBytes: number;
  #held: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Takes a block and gives the lines that are whole with it, without their ends.
   * @returns undefined when a line is longer than the bound: nothing that follows can be trusted
   */
  push(block: Buffer): string[] | undefined {
    const lines: string[] = [];
    let start = 0;
    for (let end = block.indexOf(lineFeed); end !== -1; end = block.indexOf(lineFeed, start)) {
      if (this.#bytes + end - start > this.#maxBytes) return undefined;
      lines.push(Buffer.concat([...this.#held, block.subarray(start, end)]).toString());
      this.#held = [];
      this.#bytes = 0;
      start = end + 1;
    }
    const rest = block.subarray(start);
    this.#bytes += rest.length;
    if (this.#bytes > this.#maxBytes) return undefined;
    if (rest.length > 0) this.#held.push(rest);
    return lines;
  }
}
