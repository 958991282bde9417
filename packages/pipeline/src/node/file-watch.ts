import { type FSWatcher, watch } from 'node:fs';
import { Due } from './due.ts';

/**
 * Tells when files of one folder may have changed. Where nothing can be watched, as on a network, it is just time that
 * passes.
 */
export class FileWatch {
  #watcher: FSWatcher | undefined;
  readonly #due = new Due();

  /** @param folder undefined: nothing is watched */
  constructor(folder: string | undefined, names: readonly string[]) {
    if (folder === undefined) return;
    try {
      this.#watcher = watch(folder, (_, name) => {
        if (name === null || names.includes(name)) this.#due.set();
      });
      this.#watcher.on('error', () => this.close());
    } catch {
      // The folder is gone, or the system has no more watches: looking every pollMs remains.
    }
  }

  /** Resolves when something may have changed since the last time, after `pollMs` at the latest, or on an abort. */
  async changed(pollMs: number, signal: AbortSignal): Promise<void> {
    await this.#due.wait(pollMs, signal);
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
