import { writeAll } from '@sluice/command-line';

const blockChars = 65_536;

/** Collects text and writes it in large blocks: a write for each line would cost more than all the rest. */
export class TextOutput {
  readonly #fd: number;
  #text = '';

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** @throws the system's error; `EPIPE`: the reader has gone */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= blockChars) this.flush();
  }

  flush(): void {
    const text = this.#text;
    this.#text = '';
    if (text !== '') writeAll(this.#fd, text);
  }
}
