/** Cuts text that comes in pieces into lines, without their ends. A line that is too long is left out. */
export class LineSplitter {
  readonly #maxChars: number;
  readonly #onLine: (line: string) => void;
  #rest = '';
  #isTooLong = false;

  /** @param maxChars longest line, in UTF-16 units; so much is held at most between two pieces */
  constructor(maxChars: number, onLine: (line: string) => void) {
    this.#maxChars = maxChars;
    this.#onLine = onLine;
  }

  push(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!this.#isTooLong && line.length <= this.#maxChars) this.#onLine(line);
      this.#isTooLong = false;
    }
    if (this.#rest.length <= this.#maxChars) return;
    this.#rest = '';
    this.#isTooLong = true;
  }
}
