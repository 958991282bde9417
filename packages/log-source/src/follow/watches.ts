import { type FSWatcher, statfsSync, watch } from 'node:fs';
import { LogSourceError } from '../log-source-error.ts';
import type { Tail } from './tail.ts';

/** `statfs` types whose files others write to without this system's knowing: NFS, SMB, CIFS, 9P, FUSE, Ceph, AFS, Lustre, Coda. */
const remoteTypes: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x01021997, 0x65735546, 0x00c36400, 0x5346414f, 0x0bd00bd0, 0x73757245,
]);

/** After the system refused a watch, none is asked for during this time. */
const refusedMs = 60_000;

/** Where watches tell of their tails. */
export interface WatchListener {
  /** Something happened to the file: it was written to, renamed, deleted … or nothing did. */
  stirred(tail: Tail): void;
  /** The system refuses watches; called once until it grants one again. */
  refused(error: LogSourceError, path: string): void;
}

/** The system's watches on files that are idle. Nothing depends on them but how soon news are noticed. */
export class Watches {
  readonly #listener: WatchListener;
  readonly #watchers = new Map<Tail, FSWatcher>();
  #notBeforeMs = 0;
  #isRefused = false;

  constructor(mode: 'auto' | 'never', listener: WatchListener) {
    this.#listener = listener;
    if (mode === 'never') this.#notBeforeMs = Number.POSITIVE_INFINITY;
  }

  has(tail: Tail): boolean {
    return this.#watchers.has(tail);
  }

  /** Watches the file at the path, for the tail. False when it cannot be watched and has to be polled. */
  add(tail: Tail, path: string): boolean {
    if (this.has(tail)) return true;
    if (performance.now() < this.#notBeforeMs || isRemote(path)) return false;
    try {
      const watcher = watch(path, { persistent: false }, () => this.#listener.stirred(tail));
      watcher.on('error', () => {
        this.delete(tail);
        this.#listener.stirred(tail);
      });
      this.#watchers.set(tail, watcher);
      this.#isRefused = false;
      return true;
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code !== 'ENOENT') this.#refuse(path, cause);
      return false;
    }
  }

  delete(tail: Tail): void {
    this.#watchers.get(tail)?.close();
    this.#watchers.delete(tail);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #refuse(path: string, cause: unknown): void {
    this.#notBeforeMs = performance.now() + refusedMs;
    if (this.#isRefused) return;
    this.#isRefused = true;
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    const cure =
      'files are polled instead; raise fs.inotify.max_user_watches and max_user_instances (sysctl) to save CPU time';
    this.#listener.refused(
      new LogSourceError('ERR_LOG_SOURCE_WATCH', `cannot be watched (${code})`, { file: path, cure, cause }),
      path,
    );
  }
}

function isRemote(path: string): boolean {
  try {
    return remoteTypes.has(statfsSync(path).type);
  } catch {
    return true;
  }
}
