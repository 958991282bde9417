import { type FSWatcher, watch } from 'node:fs';
import { pause } from '../process/pause.ts';

/** Long enough for the files of one change to come together. */
const debounceMs = 15;

/**
 * Tells when files of one folder may have changed. Where nothing can be watched, as on a network, it is just time that
 * passes.
 */
export class FileWatch {
  #watcher: FSWatcher | undefined;
  #isDue = false;
  #wake: () => void = () => {};

  /** @param folder undefined: nothing is watched */
  constructor(folder: string | undefined, names: readonly string[]) {
    if (folder === undefined) return;
    try {
      this.#watcher = watch(folder, (_, name) => {
        if (name === null || names.includes(name)) this.#due();
      });
      this.#watcher.on('error', () => this.close());
    } catch {
      // The folder is gone, or the system has no more watches: looking every pollMs remains.
    }
  }

  /** Resolves when something may have changed since the last time, after `pollMs` at the latest, or on an abort. */
  async changed(pollMs: number, signal: AbortSignal): Promise<void> {
    if (!this.#isDue) {
      await pause(pollMs, signal, (wake) => {
        this.#wake = wake;
      });
    }
    if (this.#isDue) await pause(debounceMs, signal);
    // What happens from here on counts for the next time: the caller may have looked before it.
    this.#isDue = false;
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #due(): void {
    this.#isDue = true;
    this.#wake();
  }
}
