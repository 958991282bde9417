import type { TemporaryFile } from './temporary-file.ts';

/** Keeps few of many files open: before one more is written to, the one that was not for longest is closed. */
export class OpenFiles {
  readonly #max: number;
  readonly #files = new Set<TemporaryFile>();

  constructor(max: number) {
    this.#max = max;
  }

  write(file: TemporaryFile, bytes: Buffer): void {
    this.#files.delete(file);
    if (this.#files.size >= this.#max) {
      const [longest] = this.#files;
      if (longest !== undefined) this.rest(longest);
    }
    this.#files.add(file);
    file.write(bytes);
  }

  rest(file: TemporaryFile): void {
    this.#files.delete(file);
    file.rest();
  }
}
