import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** The system reads ahead of that. */
const readBytes = 4096;

export interface FileWarmerOptions {
  /** Files at once. */
  readonly maxParallel: number;
  /** Whether -D will be looked at, too. */
  readonly hasBody: boolean;
}

/**
 * Makes the system fetch files that are about to be read, many at once, in its own time: the threads of Node.js wait for
 * the disk, and the reader that comes after finds all in memory. So there is one way to read a message, whether the disk
 * is quick or slow. What goes wrong here goes wrong again when it is read, and is told of there.
 */
export class FileWarmer {
  readonly #options: FileWarmerOptions;
  readonly #buffers: Buffer[] = [];

  constructor(options: FileWarmerOptions) {
    this.#options = options;
  }

  /** @param pathAt gives the path of a message's files without `-H`, or undefined for one that will not be opened */
  async warm(count: number, pathAt: (index: number) => string | undefined, signal: AbortSignal): Promise<void> {
    let next = 0;
    const work = async (slot: number): Promise<void> => {
      const buffer = (this.#buffers[slot] ??= Buffer.allocUnsafeSlow(readBytes));
      while (next < count && !signal.aborted) {
        const path = pathAt(next);
        next += 1;
        if (path !== undefined) await this.#fetch(path, buffer);
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.#options.maxParallel, count) }, (_, slot) => work(slot)));
  }

  async #fetch(path: string, buffer: Buffer): Promise<void> {
    try {
      if (this.#options.hasBody) await stat(`${path}-D`);
    } catch {
      // Told of by the reader.
    }
    try {
      const file = await open(`${path}-H`, flags);
      try {
        await file.read(buffer, 0, readBytes, 0);
      } finally {
        await file.close();
      }
    } catch {
      // Told of by the reader.
    }
  }
}
