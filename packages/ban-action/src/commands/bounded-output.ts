import type { Readable } from 'node:stream';

/** Keeps the first bytes of a stream and reads on, so that a program that talks too much is not blocked by it. */
export class BoundedOutput {
  readonly #chunks: Buffer[] = [];
  #room: number;
  #dropped = 0;

  /** @param stream absent when the program could not be started */
  constructor(stream: Readable | null | undefined, maxBytes: number) {
    this.#room = maxBytes;
    stream?.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** What was kept; invalid UTF-8 as U+FFFD. */
  get text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  /** Bytes that were read and not kept. */
  get droppedBytes(): number {
    return this.#dropped;
  }

  #take(chunk: Buffer): void {
    const kept = chunk.subarray(0, this.#room);
    this.#dropped += chunk.length - kept.length;
    this.#room -= kept.length;
    if (kept.length > 0) this.#chunks.push(kept);
  }
}
