import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { FeedEvent } from './feed-event.ts';

const pieceBytes = 65_536;

/** A calendar as it stands at one time, with as much of its text as somebody reads. What it says never changes. */
export class Snapshot {
  /** Strong: calendars with the same version have the same bytes, and others do not. */
  readonly version: string;
  /** Of the whole calendar, uncompressed. */
  readonly bytes: number;
  readonly #head: Buffer;
  readonly #events: readonly FeedEvent[];
  readonly #foot: Buffer;
  #gzipped: Promise<Buffer> | undefined;

  constructor(head: Buffer, events: readonly FeedEvent[], foot: Buffer) {
    this.#head = head;
    this.#events = events;
    this.#foot = foot;
    const hash = createHash('sha256').update(head);
    let bytes = head.length + foot.length;
    for (const event of events) {
      hash.update(event.digest);
      bytes += event.bytes.length;
    }
    this.version = hash.digest('base64url');
    this.bytes = bytes;
  }

  /** The calendar in pieces of about 64 KiB. */
  *pieces(): Generator<Buffer> {
    let piece = [this.#head];
    let length = this.#head.length;
    for (const { bytes } of this.#events) {
      if (length + bytes.length > pieceBytes && length > 0) {
        yield Buffer.concat(piece, length);
        piece = [];
        length = 0;
      }
      piece.push(bytes);
      length += bytes.length;
    }
    piece.push(this.#foot);
    yield Buffer.concat(piece, length + this.#foot.length);
  }

  /** The calendar compressed: once, however many ask for it. */
  gzipped(): Promise<Buffer> {
    this.#gzipped ??= this.#compress();
    return this.#gzipped;
  }

  async #compress(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    await pipeline(Readable.from(this.pieces()), createGzip(), async (compressed: AsyncIterable<Buffer>) => {
      for await (const piece of compressed) pieces.push(piece);
    });
    return Buffer.concat(pieces);
  }
}
