import { close, open, read, stat } from 'node:fs';
import { openFlags } from '../spool/open-flags.ts';

/** The system reads ahead of that. */
const readBytes = 4096;

export interface FileWarmerOptions {
  /** Files at once. */
  readonly maxParallel: number;
  /** Whether -D will be looked at, too. */
  readonly hasBody: boolean;
}

/** Gives the path of a message's files without `-H`, or undefined for one that will not be opened. */
export type PathAt = (index: number) => string | undefined;

/**
 * Makes the system fetch files that are about to be read, many at once, in its own time: the threads of Node.js wait for
 * the disk, and the reader that comes after finds all in memory. So there is one way to read a message, whether the disk
 * is quick or slow. What goes wrong here goes wrong again when it is read, and is told of there.
 */
export class FileWarmer {
  readonly #options: FileWarmerOptions;
  readonly #buffer = Buffer.allocUnsafeSlow(readBytes);

  constructor(options: FileWarmerOptions) {
    this.#options = options;
  }

  warm(count: number, pathAt: PathAt, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      let next = 0;
      let working = Math.min(this.#options.maxParallel, count);
      const work = (): void => {
        while (next < count && !signal.aborted) {
          const path = pathAt(next);
          next += 1;
          if (path !== undefined) {
            this.#fetch(path, work);
            return;
          }
        }
        working -= 1;
        if (working === 0) resolve();
      };
      for (let slots = working; slots > 0; slots -= 1) work();
      if (count === 0) resolve();
    });
  }

  /** With callbacks: promises and file handles cost as much again. What is read is not looked at. */
  #fetch(path: string, done: () => void): void {
    const afterHeader = this.#options.hasBody ? (): void => stat(`${path}-D`, done) : done;
    open(`${path}-H`, openFlags, (error, fd) => {
      if (error !== null) done();
      else read(fd, this.#buffer, 0, readBytes, 0, () => close(fd, afterHeader));
    });
  }
}
