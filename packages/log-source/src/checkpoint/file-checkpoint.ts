import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { check } from '../check.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { CheckpointChange, CheckpointStore, FileState } from './checkpoint-store.ts';
import { ReplacedFile } from './replaced-file.ts';
import { isFileState } from './state-check.ts';

const kind = 'sluice-log-source-checkpoint';
const version = 1;
/** Some 30 MB of JSON. Beyond it the states that were noted longest ago are forgotten. */
const maxStates = 100_000;

function parse(text: string): readonly FileState[] {
  const content: unknown = JSON.parse(text);
  const { kind: itsKind, version: itsVersion, files } = Object(content) as Record<string, unknown>;
  if (itsKind !== kind) throw new TypeError('it is no checkpoint of this program');
  if (itsVersion !== version) throw new TypeError(`it has version ${String(itsVersion)}, known is ${version}`);
  if (!Array.isArray(files) || !files.every(isFileState)) throw new TypeError('it is incomplete');
  return files;
}

/**
 * A checkpoint in one JSON file, versioned, written to a temporary file beside it, synced and renamed over it:
 * whenever the power fails, either the old or the new one is there.
 *
 * - The folder is made when it is missing, for the owner only.
 * - A file that is torn or not a checkpoint is never overwritten: the first save moves it to `<path>.unreadable`.
 * - One store object may serve several `followFiles` that follow different paths; two store objects or two processes
 *   on one path overwrite each other.
 *
 * @param file path of the checkpoint
 */
export function fileCheckpoint(file: string): CheckpointStore {
  check.text('path', file, 'a path');
  return new FileCheckpoint(path.resolve(file));
}

class FileCheckpoint implements CheckpointStore {
  readonly #path: string;
  readonly #file: ReplacedFile;
  #states: Map<string, FileState> | undefined;
  /** Whether there is a file at the path that is not to be overwritten. */
  #isUnreadable = false;

  constructor(file: string) {
    this.#path = file;
    this.#file = new ReplacedFile(file);
  }

  load(): readonly FileState[] {
    this.#states ??= this.#read();
    return [...this.#states.values()];
  }

  async save(change: CheckpointChange): Promise<void> {
    this.#apply(change);
    await this.#file.write(() => this.#text());
  }

  saveSync(change: CheckpointChange): void {
    this.#apply(change);
    this.#file.writeSync(this.#text());
  }

  #read(): Map<string, FileState> {
    this.#states = new Map();
    try {
      return new Map(parse(readFileSync(this.#path, 'utf8')).map((state) => [state.id, state]));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT') return this.#states;
      this.#isUnreadable = code !== 'EISDIR' && code !== 'ENOTDIR';
      const fault = `the checkpoint cannot be read: ${(cause as Error).message}`;
      const cure = 'positions begin anew; the file is kept as .unreadable, restore it from there if it is another one';
      throw new LogSourceError('ERR_LOG_SOURCE_CHECKPOINT', fault, { file: this.#path, cure, cause });
    }
  }

  /** The states, also when those on disk cannot be read: `load` is there to say so. */
  #known(): Map<string, FileState> {
    try {
      this.#states ??= this.#read();
      return this.#states;
    } catch {
      return this.#known();
    }
  }

  #apply({ put, drop }: CheckpointChange): void {
    const states = this.#known();
    for (const id of drop) states.delete(id);
    for (const state of put) {
      // Deleted first, so that the map stays in the order of noting and its oldest are its first.
      states.delete(state.id);
      states.set(state.id, state);
    }
    for (const id of states.keys()) {
      if (states.size <= maxStates) break;
      states.delete(id);
    }
    mkdirSync(path.dirname(this.#path), { recursive: true, mode: 0o700 });
    if (this.#isUnreadable) renameSync(this.#path, `${this.#path}.unreadable`);
    this.#isUnreadable = false;
  }

  #text(): string {
    const files = [...(this.#states ?? []).values()];
    return `${JSON.stringify({ kind, version, files })}\n`;
  }
}
