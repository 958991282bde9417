import { closeSync } from 'node:fs';
import type { ChunkEnding, ChunkSource } from '@sluice/pipeline';
import type { FileState } from '../checkpoint/checkpoint-store.ts';
import { type ChunkOutput, overlapBytes } from '../chunks/chunk-output.ts';
import { FileCursor } from '../chunks/file-cursor.ts';
import { InFlight, type Mark } from '../chunks/in-flight.ts';
import type { LineSpan } from '../chunks/line-span.ts';
import { bytesAt, fingerprintOf } from '../files/content.ts';
import type { FileFacts } from '../files/file-facts.ts';
import type { OpenFile } from '../files/open-file.ts';
import type { Meter } from '../metrics.ts';
import type { FollowSettings } from '../settings.ts';
import type { FollowedPath } from './followed-path.ts';

/** What all tails of one follower share. */
export interface TailContext {
  readonly settings: FollowSettings;
  readonly output: ChunkOutput;
  readonly meter: Meter;
  /** The tail's position moved. */
  committed(tail: Tail): void;
  /** A paused tail may read on. */
  freed(tail: Tail): void;
}

/** Where a tail begins. */
export interface TailStart {
  readonly source: ChunkSource;
  readonly mark: Mark;
  /** The file's first bytes, up to {@link prefixBytes}. */
  readonly prefix: Buffer;
  readonly live: boolean;
  /** Whether it goes on from a state. */
  readonly isResumed: boolean;
  /** Whether its id and its beginning are durable already. */
  readonly isDurable: boolean;
}

/** Length of the beginning by which a file is known again, in bytes. */
export const prefixBytes = 1024;

/**
 * - `more`: something was read, and there is more;
 * - `news`: something was read, to the end;
 * - `idle`: there was nothing new;
 * - `paused`: too many chunks are un-acked;
 * - `rewritten`: the file no longer holds what was read of it.
 */
export type Turn = 'more' | 'news' | 'idle' | 'paused' | 'rewritten';

/** One file that is being read: an open descriptor, a position, and the chunks that are out. */
export class Tail {
  readonly source: ChunkSource;
  /** Paths that lead to the file now. Without any it was rotated away, or deleted. */
  readonly names: Set<FollowedPath> = new Set();
  /** Not read before that one has been read to its end. */
  after: Tail | undefined;
  /** The file before it under its path, looked at first as long as it is written to: so lines stay in their order. */
  previous: Tail | undefined;
  /** Whether it goes on where an earlier one ended. */
  readonly isResumed: boolean;
  /**
   * Whether its id and its beginning survive a crash, so that chunks may be handed out. The id alone would not do: the
   * beginning of an empty file is that of any other, and when the file is truncated and grows again while nothing runs, the
   * id would then name other bytes.
   */
  isDurable: boolean;
  /** Whether its id and beginning are being saved. */
  isUnsaved = false;
  /** Whether it was closed because it could not be read. */
  hasFailed = false;
  /** When its path was last seen to lead to it, ms since the epoch; 0: not known. */
  lookedMs = 0;
  /** Looks without news in a row. */
  idleTurns = 0;
  /** Monotonic ms of the last news, or of losing the last name. */
  lastNewsMs = 0;
  readonly #context: TailContext;
  readonly #cursor: FileCursor;
  readonly #inFlight: InFlight;
  #file: OpenFile | undefined;
  #facts: FileFacts;
  #live: boolean;
  #prefix: Buffer;

  constructor(file: OpenFile, start: TailStart, context: TailContext) {
    this.#file = file;
    this.#facts = file.facts;
    this.#context = context;
    this.source = start.source;
    this.isResumed = start.isResumed;
    this.isDurable = start.isDurable || context.settings.checkpoint === undefined;
    this.#live = start.live;
    this.#prefix = start.prefix;
    this.#cursor = new FileCursor(start.mark, context.settings, overlapBytes);
    this.#inFlight = new InFlight(context.settings.maxInFlight, () => context.freed(this));
  }

  get key(): string {
    return this.#facts.key;
  }

  get live(): boolean {
    return this.#live;
  }

  get isOpen(): boolean {
    return this.#file !== undefined;
  }

  get fd(): number {
    if (this.#file === undefined) throw new TypeError(`${this.source.path} was closed`);
    return this.#file.fd;
  }

  /** Size of the file as of the last look at its end. */
  get seen(): number {
    return this.#cursor.seen;
  }

  get position(): number {
    return this.#cursor.mark.position;
  }

  /** Whether the file still holds what was read of it. */
  get isIntact(): boolean {
    return this.#cursor.isIntact(this.fd);
  }

  /** Reads up to one chunk and hands it out. Throws what `read` throws. */
  turn(): Turn {
    if (!this.#inFlight.take()) return 'paused';
    const { buffers } = this.#context.output;
    const buffer = buffers.take();
    const { mark, lookOffset } = this.#cursor;
    const look = this.#giveBackOnThrow(buffer, () => this.#cursor.look(this.fd, buffer));
    const live = this.#live;
    if (look.found !== 'rewritten') {
      this.#keepPrefix(buffer, lookOffset);
      this.#context.meter.skipped(look.skipped);
      this.#live ||= look.atEnd;
    }
    if (look.found === 'lines') this.#emit(buffer, look.span, look.span.ending, { mark, lookOffset, live });
    else this.#giveBack(buffer);
    if (look.found === 'rewritten') return 'rewritten';
    if (look.skipped > 0) this.#context.committed(this);
    if (!look.isNews) return 'idle';
    return look.atEnd ? 'news' : 'more';
  }

  /** Notes what the file begins with. False while it is empty. Throws what `read` throws. */
  noteBeginning(): boolean {
    if (this.#prefix.length === 0 && this.#file !== undefined) this.#prefix = bytesAt(this.fd, 0, prefixBytes);
    return this.#prefix.length > 0;
  }

  /** Hands out the unfinished line of a file that nobody will finish. False when it has to wait for acks. */
  finish(): boolean {
    if (this.#cursor.pending === 0) return true;
    if (!this.#inFlight.take()) return false;
    const buffer = this.#context.output.buffers.take();
    const { mark, lookOffset } = this.#cursor;
    const live = this.#live;
    const span = this.#giveBackOnThrow(buffer, () => this.#cursor.takePending(this.fd, buffer));
    this.#keepPrefix(buffer, lookOffset);
    if (span !== undefined) this.#emit(buffer, span, 'end', { mark, lookOffset, live });
    else this.#giveBack(buffer);
    return true;
  }

  /** Goes on in a copy of the file; returns the file that was open. */
  moveTo(copy: OpenFile): OpenFile {
    const file = this.release();
    this.#file = copy;
    this.#facts = copy.facts;
    this.#cursor.forgetPending();
    return file;
  }

  /** Stops reading without closing the file, which is the caller's then. */
  release(): OpenFile {
    const file = this.#file;
    if (file === undefined) throw new TypeError(`${this.source.path} was closed`);
    this.#file = undefined;
    return file;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.release().fd);
  }

  /** How the file is known again and where it is to be read on. `read`: after what was read, else what was acked. */
  state(upTo: 'acked' | 'read' = 'acked'): FileState {
    const mark = (upTo === 'acked' ? this.#inFlight.lowest : undefined) ?? this.#cursor.mark;
    return {
      id: this.source.id,
      path: this.source.path,
      device: this.#facts.device,
      inode: this.#facts.inode,
      position: mark.position,
      inCut: mark.inCut,
      prefix: fingerprintOf(this.#prefix),
      before: fingerprintOf(mark.before),
      notedMs: Date.now(),
      ...(this.lookedMs > 0 && { lookedMs: this.lookedMs }),
      closed: this.#file === undefined && this.#inFlight.isEmpty,
    };
  }

  #emit(
    buffer: Buffer,
    { start, end }: LineSpan,
    ending: ChunkEnding,
    at: { readonly mark: Mark; readonly lookOffset: number; readonly live: boolean },
  ): void {
    const returnCredit = this.#inFlight.add(at.mark);
    const offset = at.lookOffset + start;
    this.#context.output.emit({ source: this.source, buffer, start, end, offset, ending, live: at.live }, () => {
      returnCredit();
      this.#context.committed(this);
    });
  }

  #keepPrefix(buffer: Buffer, lookOffset: number): void {
    const known = this.#prefix.length;
    const end = Math.min(prefixBytes, this.#cursor.mark.position);
    if (known >= end) return;
    this.#prefix = Buffer.concat([this.#prefix, buffer.subarray(known - lookOffset, end - lookOffset)]);
  }

  #giveBack(buffer: Buffer): void {
    this.#context.output.buffers.give(buffer);
    this.#inFlight.cancel();
  }

  #giveBackOnThrow<T>(buffer: Buffer, work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#giveBack(buffer);
      throw error;
    }
  }
}
