import type { Commit } from '../commit.ts';
import type { Cursor, ReadOptions, Rewrite } from '../options.ts';

/** So long that only watching can be what tells of a change. */
export const never = 3_600_000;

/** A reader of one repository. */
export type Batches<O extends ReadOptions> = (folder: string, options: O) => AsyncIterable<readonly Commit[]>;

/** Follows a repository in the background. */
export class Follower<O extends ReadOptions> {
  readonly messages: string[] = [];
  readonly rewrites: Rewrite[] = [];
  readonly cursors: Cursor[] = [];
  readonly #abort = new AbortController();
  readonly #ended: Promise<void>;
  #look: () => void = () => {};

  constructor(batches: Batches<O>, folder: string, options: O) {
    this.#ended = this.#follow(batches, folder, options);
    this.#ended.catch(() => {}).finally(() => this.#look());
  }

  async #follow(batches: Batches<O>, folder: string, options: O): Promise<void> {
    const all = batches(folder, {
      follow: true,
      pollMs: never,
      ...options,
      signal: this.#abort.signal,
      onRewrite: (rewrite: Rewrite) => this.rewrites.push(rewrite),
      onCursor: (cursor: Cursor) => {
        this.cursors.push(cursor);
        this.#look();
      },
    });
    for await (const batch of all) this.messages.push(...batch.map(({ message }) => message.trim()));
  }

  /** Resolves when everything up to heads of which this holds has been delivered. */
  async until(holds: (heads: Cursor['heads']) => boolean): Promise<void> {
    for (;;) {
      const heads = this.cursors.at(-1)?.heads;
      if (heads !== undefined && holds(heads)) return;
      await Promise.race([
        this.#ended.then(() => {
          throw new Error('it has ended');
        }),
        new Promise<void>((resolve) => {
          this.#look = resolve;
        }),
      ]);
    }
  }

  /** Resolves when what was there has been delivered. */
  started(): Promise<void> {
    return this.until(() => true);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#ended;
  }
}
