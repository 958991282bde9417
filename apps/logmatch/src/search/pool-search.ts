import type { LineMatch } from '@sluice/log-matcher';
import { RebasedMatch, ScanPool } from '@sluice/log-matcher/loader';
import type { OpenInput } from '../input/open-input.ts';
import { LineWindow } from './line-window.ts';
import { PatternSearch } from './pattern-search.ts';

/** Searches plain files in worker threads; what is printed, and its order, is that of a search in this thread. */
export class PoolSearch {
  readonly #search: PatternSearch;
  readonly #pool: ScanPool;
  readonly #maxLineBytes: number;

  constructor(search: PatternSearch, workers: number, maxLineBytes: number) {
    this.#search = search;
    this.#pool = new ScanPool(search.set, { workers });
    this.#maxLineBytes = maxLineBytes;
  }

  /**
   * Searches a regular file that is not compressed, between `begin` and `end` of the search.
   *
   * @returns lines that were cut
   */
  async file({ path, fd }: OpenInput): Promise<number> {
    const window = new LineWindow(fd);
    const take = (match: LineMatch): void => {
      const { offset, length } = match.line;
      // The bytes at hand begin with its line.
      this.#search.takeFrom(window.line(offset, length), offset, new RebasedMatch(match, -offset));
    };
    try {
      const result = await this.#pool.scanFile(path, take, { maxLineBytes: this.#maxLineBytes });
      this.#search.count(result.bytes, result);
      return result.cutLines;
    } catch (error) {
      PatternSearch.wasEnded(error);
      return 0;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
