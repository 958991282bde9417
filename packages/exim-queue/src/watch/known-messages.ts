import type { QueueEntry } from '../queue-entry.ts';
import { packEntry, unpackEntry } from './pack-entry.ts';

/** What is remembered of a message. */
export interface KnownMessage {
  /** The entry, see `packEntry`. */
  packed: string;
  /** Number of the directory that its -H was last seen in; a guess at first, and -1 where nothing is known. */
  directory: number;
  /** What tells one -H from the next without reading it; 0 where that is not known. */
  stamp: number;
  /** Comparison that saw its -H last. */
  seen: number;
  /** Whether it belongs to what is watched (`where`). */
  isMatch: boolean;
  /** Whether it was told that a recipient failed. */
  isBounced: boolean;
}

/** The messages as they were last read, in little memory. */
export class KnownMessages {
  readonly #messages = new Map<string, KnownMessage>();
  readonly #max: number;

  /** @param max most that are remembered */
  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#messages.size;
  }

  get isFull(): boolean {
    return this.#messages.size >= this.#max;
  }

  get(id: string): KnownMessage | undefined {
    return this.#messages.get(id);
  }

  entry(id: string): QueueEntry | undefined {
    const known = this.#messages.get(id);
    return known === undefined ? undefined : unpackEntry(id, known.packed);
  }

  /** Remembers a message; undefined when there are too many already. */
  add(entry: QueueEntry, isMatch: boolean, directory: number): KnownMessage | undefined {
    if (this.isFull) return undefined;
    const known = { packed: packEntry(entry), directory, stamp: 0, seen: 0, isMatch, isBounced: false };
    this.#messages.set(ownText(entry.id), known);
    return known;
  }

  delete(id: string): void {
    this.#messages.delete(id);
  }

  entries(): IterableIterator<[id: string, known: KnownMessage]> {
    return this.#messages.entries();
  }
}

/** A part of a larger text keeps all of it in memory: an id is made a text of its own. */
const ownText = (id: string): string => Buffer.from(id, 'latin1').toString('latin1');
