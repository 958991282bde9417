import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

// Exclusive: a link that somebody planted under the temporary name is not written through.
const flags = 'wx';
const mode = 0o600;

/** A small file that is replaced whole and durably: temporary file, fsync, rename, fsync of the folder. */
export class ReplacedFile {
  readonly #path: string;
  /** Counts completed or overtaken writes: an asynchronous one that was overtaken must not be renamed into place. */
  #generation = 0;
  #running: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  constructor(file: string) {
    this.#path = file;
  }

  /**
   * Writes what `text` returns when its turn comes. Calls that wait at the same time share one write.
   * Resolves when that (or something newer) is durable.
   */
  write(text: () => string): Promise<void> {
    this.#waiting ??= this.#running.then(() => {
      this.#waiting = undefined;
      const written = this.#writeNow(text());
      this.#running = written.catch(() => {});
      return written;
    });
    return this.#waiting;
  }

  writeSync(text: string): void {
    this.#generation += 1;
    const temporary = `${this.#path}.sync.tmp`;
    rmSync(temporary, { force: true });
    const fd = openSync(temporary, flags, mode);
    try {
      writeFileSync(fd, text);
      fsyncSync(fd);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
    this.#place(temporary);
  }

  async #writeNow(text: string): Promise<void> {
    this.#generation += 1;
    const generation = this.#generation;
    const temporary = `${this.#path}.tmp`;
    rmSync(temporary, { force: true });
    const file = await open(temporary, flags, mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    if (generation === this.#generation) this.#place(temporary);
    else rmSync(temporary, { force: true });
  }

  #place(temporary: string): void {
    renameSync(temporary, this.#path);
    const folder = openSync(path.dirname(this.#path), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}
