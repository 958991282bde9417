/** A line of nft's that is longer says nothing that is of use. */
const maxLineChars = 1 << 20;

/** Cuts text that comes in pieces into lines. What is too long for one is left out. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';
  #isTooLong = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!this.#isTooLong) this.#onLine(line);
      this.#isTooLong = false;
    }
    if (this.#rest.length <= maxLineChars) return;
    this.#rest = '';
    this.#isTooLong = true;
  }
}
