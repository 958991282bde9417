import type { PackedIds } from '../id/packed-ids.ts';

const shortLength = 16;
const longLength = 23;

/**
 * Paths of -H files in a directory, as bytes: one buffer for ids of each length, into which an id is written. A string for
 * each file would have to be put together, encoded and collected.
 */
export class MessagePaths {
  readonly #short: Buffer;
  readonly #long: Buffer;
  readonly #nameAt: number;

  /** @param directory with `/` at its end */
  constructor(directory: string) {
    this.#nameAt = Buffer.byteLength(directory);
    this.#short = Buffer.from(`${directory}${'0'.repeat(shortLength)}-H`);
    this.#long = Buffer.from(`${directory}${'0'.repeat(longLength)}-H`);
  }

  /** The path of a message's -H; it holds until the next call. */
  of(ids: PackedIds, index: number): Buffer {
    const path = ids.lengthOf(index) === shortLength ? this.#short : this.#long;
    ids.copyTo(index, path, this.#nameAt);
    return path;
  }
}
