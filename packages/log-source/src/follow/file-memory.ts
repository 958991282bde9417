import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { hasFingerprint } from '../files/content.ts';
import type { OpenFile } from '../files/open-file.ts';

/** Closed files that are remembered, in case they come back. */
const maxClosed = 1024;

/** Whether a file begins with what a state says was read of it. */
export function holdsState({ fd, facts }: OpenFile, { position, prefix, before }: FileState): boolean {
  return facts.size >= position && hasFingerprint(fd, 0, prefix) && hasFingerprint(fd, position - before.bytes, before);
}

/** States of files that are not open: those of the last run, and of files that were closed in this one. */
export class FileMemory {
  readonly #unfinished = new Map<string, FileState>();
  readonly #closed = new Map<string, FileState>();
  readonly #byInode = new Map<string, FileState[]>();
  readonly #onForgotten: (id: string) => void;

  /** @param onForgotten called when so many files were closed since that one is no longer remembered */
  constructor(onForgotten: (id: string) => void) {
    this.#onForgotten = onForgotten;
  }

  add(state: FileState): void {
    this.delete(state);
    (state.closed ? this.#closed : this.#unfinished).set(state.id, state);
    this.#byInode.set(state.inode, [state, ...(this.#byInode.get(state.inode) ?? [])]);
    for (const oldest of this.#closed.values()) {
      if (this.#closed.size <= maxClosed) break;
      this.delete(oldest);
      this.#onForgotten(oldest.id);
    }
  }

  /** Takes out the state of this very file: same inode, and it still begins with what was read of it. */
  claim(file: OpenFile): FileState | undefined {
    const states = this.#byInode.get(file.facts.inode) ?? [];
    const state = states.find((one) => isSure(one, file) && holdsState(file, one));
    if (state !== undefined) this.delete(state);
    return state;
  }

  /** States of files that were not read to their end when the last run ended, the oldest first. */
  get unfinished(): readonly FileState[] {
    return [...this.#unfinished.values()].sort((a, b) => a.notedMs - b.notedMs);
  }

  delete({ id, inode }: FileState): void {
    const others = this.#byInode.get(inode)?.filter((state) => state.id !== id) ?? [];
    if (others.length > 0) this.#byInode.set(inode, others);
    else this.#byInode.delete(inode);
    this.#unfinished.delete(id);
    this.#closed.delete(id);
  }
}

/** A device may have another number since a reboot; but with nothing read, an inode alone is soon another file's. */
const isSure = (state: FileState, { facts }: OpenFile): boolean => state.position > 0 || state.device === facts.device;
