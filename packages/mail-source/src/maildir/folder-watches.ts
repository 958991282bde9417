import { type FSWatcher, watch } from 'node:fs';
import { pause } from '@sluice/pipeline/node';
import type { Reports } from '../reports.ts';
import { codeOf, isAbsence } from './fault-of.ts';
import { forPeople, forSystem } from './file-path.ts';

/**
 * The system's watches on directories, and the wait for news of any. Nothing depends on them but how soon news are
 * noticed: who waits looks at everything from time to time all the same.
 */
export class FolderWatches {
  readonly #reports: Reports;
  readonly #signal: AbortSignal;
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #stirred = new Set<string>();
  #wake: () => void = () => {};

  constructor(reports: Reports, signal: AbortSignal) {
    this.#reports = reports;
    this.#signal = signal;
  }

  /**
   * Watches a directory, again if it did so before: the one of that name may be another by now.
   *
   * @param path of bytes; if it is a link, the watch is on what it leads to, and all that costs is a look in vain
   * @param key what {@link wait} gives when something stirs in it
   */
  add(path: string, key: string): void {
    this.delete(path);
    try {
      const watcher = watch(forSystem(path), { persistent: false }, () => this.#stir(key));
      watcher.on('error', () => this.delete(path));
      this.#watchers.set(path, watcher);
    } catch (error) {
      if (isAbsence(error)) return;
      const reason = `cannot be watched (${codeOf(error)}) and is polled; raise fs.inotify.max_user_watches (sysctl)`;
      this.#reports.flawOnce('ERR_MAIL_SOURCE_WATCH', reason, forPeople(path));
    }
  }

  delete(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
  }

  /** Waits until something stirs, the time is up or the signal aborts; gives the keys of what stirred. */
  async wait(limitMs: number): Promise<ReadonlySet<string>> {
    if (this.#stirred.size === 0) {
      await pause(limitMs, this.#signal, {
        onStart: (wake) => {
          this.#wake = wake;
        },
      });
    }
    const keys = new Set(this.#stirred);
    this.#stirred.clear();
    return keys;
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #stir(key: string): void {
    this.#stirred.add(key);
    this.#wake();
  }
}
