import type { Transform } from 'node:stream';
import { constants } from 'node:zlib';
import { damaged } from './damaged.ts';

/** A transform of node:zlib. */
export type ZlibTransform = Transform & { flush(kind: number, done: () => void): void };

/** Unpacks block by block, so that no more is held than one of them unpacks to. */
export class ZlibUnpacker {
  readonly #transform: ZlibTransform;
  readonly #closed: Promise<void>;
  #unpacked: Buffer[] = [];
  #fault: Error | undefined;

  constructor(transform: ZlibTransform) {
    this.#transform = transform;
    this.#closed = new Promise((resolve) => transform.once('close', () => resolve()));
    transform.on('data', (block: Buffer) => this.#unpacked.push(block));
    transform.on('error', (error) => {
      this.#fault = error;
    });
  }

  /** What a block unpacks to. A fault is thrown by the call after the one that gave what came before it. */
  async write(block: Uint8Array): Promise<Buffer[]> {
    if (this.#fault !== undefined) throw damaged(this.#fault.message, this.#fault);
    await this.#step((done) => this.#transform.write(block, done));
    return this.#taken();
  }

  /** What was held back. */
  async flush(): Promise<Buffer[]> {
    await this.#step((done) => this.#transform.flush(constants.Z_SYNC_FLUSH, done));
    return this.#taken();
  }

  /** Says that there is no more. Throws a LogmatchError when there should be. */
  async end(): Promise<Buffer[]> {
    this.#transform.end();
    await this.#closed;
    if (this.#fault !== undefined) throw damaged(this.#fault.message, this.#fault);
    return this.#taken();
  }

  destroy(): void {
    this.#transform.destroy();
  }

  async #step(act: (done: () => void) => void): Promise<void> {
    await Promise.race([new Promise<void>((resolve) => act(() => resolve())), this.#closed]);
  }

  #taken(): Buffer[] {
    const unpacked = this.#unpacked;
    this.#unpacked = [];
    return unpacked;
  }
}
