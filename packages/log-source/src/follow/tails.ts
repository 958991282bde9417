import { closeSync } from 'node:fs';
import type { CheckpointKeeper } from '../checkpoint/checkpoint-keeper.ts';
import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { factsOfOpen } from '../files/file-facts.ts';
import { type OpenFile, unreadable } from '../files/open-file.ts';
import { LogSourceError } from '../log-source-error.ts';
import type { Reports } from '../reports.ts';
import { FileMemory } from './file-memory.ts';
import { findState, type LineageContext, openUnread } from './lineage.ts';
import type { Tail, TailContext } from './tail.ts';
import type { TailOpener } from './tail-opener.ts';
import type { TailReader } from './tail-reader.ts';

/** What {@link Tails} works with. */
export interface TailsContext extends TailContext {
  readonly keeper: CheckpointKeeper;
  readonly reports: Reports;
  readonly opener: TailOpener;
  readonly reader: TailReader;
}

/** All files that are being read, by device and inode: from the first look to the last ack. */
export class Tails {
  readonly memory: FileMemory;
  readonly #context: TailsContext;
  readonly #byKey = new Map<string, Tail>();
  readonly #lineage: LineageContext;
  /** Tails whose id or beginning no checkpoint holds yet. */
  #unsaved: Tail[] = [];

  constructor(context: TailsContext) {
    const { opener, reports, keeper } = context;
    this.#context = context;
    this.memory = new FileMemory((id) => keeper.drop(id));
    this.#lineage = {
      open: (path) => opener.open(path),
      isOpen: (key) => this.#byKey.has(key),
      failed: (path, error) => reports.sayOnce(error, path),
    };
  }

  /** The tail of the file with this device and inode. */
  at(key: string): Tail | undefined {
    return this.#byKey.get(key);
  }

  /**
   * Begins to read a file: where its state says when it is known, else where `at` says.
   *
   * @returns the tail, and whether it was known
   */
  begin(path: string, file: OpenFile, at: 'beginning' | 'end', live: boolean): { tail: Tail; isKnown: boolean } {
    const state = this.memory.claim(file);
    const { opener } = this.#context;
    const tail = state === undefined ? opener.fresh(path, file, at, live) : opener.resumed(file, state);
    this.#add(tail);
    return { tail, isKnown: state !== undefined };
  }

  /**
   * Puts a path's new file behind its old one, and between them what was rotated away unseen.
   *
   * @param sinceMs when the path was last seen to lead to the old file, ms since the epoch
   */
  succeed(path: string, sinceMs: number, olds: readonly Tail[], current: Tail | undefined): void {
    const { reader } = this.#context;
    const kin = [...olds, ...(current === undefined ? [] : [current])].filter(({ isOpen }) => isOpen);
    const live = olds.at(-1)?.live ?? false;
    const unread = openUnread(
      path,
      sinceMs,
      kin.map(({ fd }) => fd),
      this.#lineage,
    );
    const between = unread.map((file) => {
      // One that was read and closed just now begins where it ended, and so brings nothing.
      const { tail } = this.begin(path, file, 'beginning', live);
      tail.lookedMs = sinceMs;
      reader.retire(tail);
      return tail;
    });
    const line = [...olds.filter(({ isOpen }) => isOpen), ...between, ...(current === undefined ? [] : [current])];
    line.forEach((tail, index) => {
      const before = line[index - 1];
      if (before !== undefined) reader.queue(tail, before);
    });
  }

  /** Goes on with a file of the last run that its path no longer leads to; undefined when it cannot be found. */
  recover(state: FileState): Tail | undefined {
    this.memory.delete(state);
    const file = findState(state, this.#lineage);
    if (file === undefined) return undefined;
    const tail = this.#context.opener.resumed(file, state);
    this.#add(tail);
    this.#context.reader.retire(tail);
    return tail;
  }

  /** The file was truncated or rewritten: what it held is read on in a copy if there is one, and it begins anew. */
  rewritten(tail: Tail): void {
    const { opener, reader, reports, meter } = this.#context;
    meter.count('truncations');
    this.#byKey.delete(tail.key);
    const copy = findState(tail.state('read'), this.#lineage);
    const { path } = tail.source;
    if (copy === undefined) reports.say(truncated(path), path, tail.position);
    const { fd } = copy === undefined ? tail.release() : tail.moveTo(copy);
    if (tail.names.size === 0) closeSync(fd);
    else {
      const fresh = opener.fresh(path, { fd, facts: factsOfOpen(fd) }, 'beginning', tail.live);
      fresh.lookedMs = tail.lookedMs;
      this.#add(fresh);
      for (const name of tail.names) {
        name.tail = name.last = fresh;
        fresh.names.add(name);
      }
      tail.names.clear();
      if (copy !== undefined) reader.queue(fresh, tail);
    }
    if (copy === undefined) this.#end(tail);
    else {
      this.#byKey.set(tail.key, tail);
      reader.retire(tail);
    }
  }

  /** Closes a file that was read to its end and that nobody writes to any more. */
  finished(tail: Tail): void {
    tail.close();
    this.#end(tail);
  }

  /** Closes a file that cannot be read; it goes on where it was when it can be opened again. */
  failed(tail: Tail, error: unknown): void {
    const { path } = tail.source;
    this.#context.reports.sayOnce(unreadable(path, error), path);
    tail.hasFailed = true;
    tail.close();
    for (const name of tail.names) name.tail = undefined;
    tail.names.clear();
    this.#end(tail);
  }

  /** Makes new ids durable, then lets those of their tails be read that are not empty. */
  saveNew(): void {
    if (this.#unsaved.length === 0) return;
    const batch = this.#unsaved.map((tail) => ({ tail, hasBeginning: beginningOf(tail) }));
    this.#unsaved = [];
    void this.#context.keeper.save().then(() => {
      for (const { tail, hasBeginning } of batch) {
        tail.isUnsaved = false;
        tail.isDurable = hasBeginning;
        this.#context.reader.wake(tail);
      }
    });
  }

  /** A file that was empty when its id was saved is so no more: its beginning is saved before it is read. */
  begun(tail: Tail): void {
    this.#note(tail);
    this.#save(tail);
    this.saveNew();
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Notes all positions and closes all files. */
  stop(): void {
    for (const tail of this.#byKey.values()) this.#note(tail);
    this.#context.keeper.close();
    for (const tail of this.#byKey.values()) tail.close();
    this.#byKey.clear();
  }

  #add(tail: Tail): void {
    this.#byKey.set(tail.key, tail);
    this.#note(tail);
    if (tail.isDurable) this.#context.reader.wake(tail);
    else this.#save(tail);
  }

  #save(tail: Tail): void {
    tail.isUnsaved = true;
    this.#unsaved.push(tail);
  }

  #end(tail: Tail): void {
    if (this.#byKey.get(tail.key) === tail) this.#byKey.delete(tail.key);
    this.#context.reader.drop(tail);
    this.memory.add({ ...tail.state('read'), closed: true });
    this.#note(tail);
  }

  #note(tail: Tail): void {
    this.#context.keeper.put(tail.source.id, () => tail.state());
  }
}

/** Whether the tail's file has a beginning; where it cannot be read, reading it will say so. */
function beginningOf(tail: Tail): boolean {
  try {
    return tail.noteBeginning();
  } catch {
    return true;
  }
}

function truncated(path: string): LogSourceError {
  const cure = 'rotate by rename (create) instead of copytruncate, or keep the copy uncompressed beside the log';
  return new LogSourceError('ERR_LOG_SOURCE_TRUNCATED', 'was cut or rewritten, lines may be lost', {
    file: path,
    cure,
  });
}
