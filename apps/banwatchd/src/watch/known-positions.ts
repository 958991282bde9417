import type { CheckpointStore } from '@sluice/log-source';

/** Up to where files have been read. They are asked for in rows, when jails start: what was loaded serves the whole row. */
export class KnownPositions {
  readonly #checkpoints: readonly CheckpointStore[];
  #loaded: ReadonlyMap<string, number> | undefined;

  constructor(checkpoints: readonly CheckpointStore[]) {
    this.#checkpoints = checkpoints;
  }

  /** In bytes; 0 for a file that is not known. */
  of(path: string): number {
    this.#loaded ??= this.#load();
    return this.#loaded.get(path) ?? 0;
  }

  #load(): ReadonlyMap<string, number> {
    setImmediate(() => {
      this.#loaded = undefined;
    });
    const open = this.#checkpoints.flatMap((checkpoint) => checkpoint.load()).filter(({ closed }) => !closed);
    return new Map(open.map(({ path, position }) => [path, position]));
  }
}
