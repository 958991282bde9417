import type { CheckpointStore, FileState } from './checkpoint-store.ts';

/** Gathers changes of file states and saves them: soon for new identities, at an interval for positions. */
export class CheckpointKeeper {
  #store: CheckpointStore | undefined;
  readonly #intervalMs: number;
  readonly #onSaved: (error: unknown) => void;
  /** State as of the save to come; undefined forgets the id. */
  readonly #changed = new Map<string, (() => FileState) | undefined>();
  #timer: NodeJS.Timeout | undefined;

  /** @param onSaved called after each save with what went wrong, undefined when nothing did */
  constructor(store: CheckpointStore | undefined, intervalMs: number, onSaved: (error: unknown) => void) {
    this.#store = store;
    this.#intervalMs = intervalMs;
    this.#onSaved = onSaved;
  }

  /** Whether anything is kept at all. */
  get isOn(): boolean {
    return this.#store !== undefined;
  }

  /** @param state called when the change is saved, so that a state that changes often is made once */
  put(id: string, state: () => FileState): void {
    this.#change(id, state);
  }

  drop(id: string): void {
    this.#change(id, undefined);
  }

  /**
   * Saves now what changed. Resolves when that is done, also when it failed: reading goes on without a checkpoint,
   * because a log that is no longer read is worse than one that is read twice.
   */
  async save(): Promise<void> {
    if (this.#store === undefined) return;
    try {
      await this.#store.save(this.#take());
      this.#onSaved(undefined);
    } catch (error) {
      this.#onSaved(error);
    }
  }

  /** Saves what changed before it returns; what changes later is not kept. */
  close(): void {
    const change = this.#take();
    const store = this.#store;
    this.#store = undefined;
    if (store === undefined || change.put.length + change.drop.length === 0) return;
    try {
      store.saveSync(change);
    } catch (error) {
      this.#onSaved(error);
    }
  }

  #change(id: string, state: (() => FileState) | undefined): void {
    if (this.#store === undefined) return;
    this.#changed.set(id, state);
    this.#timer ??= setTimeout(() => void this.save(), this.#intervalMs);
  }

  #take(): { put: FileState[]; drop: string[] } {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const put: FileState[] = [];
    const drop: string[] = [];
    for (const [id, state] of this.#changed) {
      if (state === undefined) drop.push(id);
      else put.push(state());
    }
    this.#changed.clear();
    return { put, drop };
  }
}
