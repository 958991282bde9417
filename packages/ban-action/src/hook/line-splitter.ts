import { StringDecoder } from 'node:string_decoder';

/** Cuts what a program writes into lines. A line longer than the bound is left out: it can be no answer. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #maxChars: number;
  readonly #emit: (line: string) => void;
  #rest = '';
  #isTooLong = false;

  constructor(maxChars: number, emit: (line: string) => void) {
    this.#maxChars = maxChars;
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() as string;
    for (const line of lines) {
      if (!this.#isTooLong && line.length <= this.#maxChars) this.#emit(line);
      this.#isTooLong = false;
    }
    if (this.#rest.length <= this.#maxChars) return;
    this.#isTooLong = true;
    this.#rest = '';
  }
}
