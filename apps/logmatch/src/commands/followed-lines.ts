import { countBreaks } from '@sluice/log-matcher';
import type { Chunk } from '@sluice/pipeline';
import type { CommandLine } from '../command-line/command-line.ts';
import type { LineSearch } from '../search/line-search.ts';
import { countsLines } from '../search/make-search.ts';

/** Files whose lines are counted at once; of the one that was longest without news the count is forgotten. */
const maxCounted = 16_384;

/** Hands chunks of several files to a search, each as the continuation of its file. */
export class FollowedLines {
  readonly #search: LineSearch;
  readonly #isCounting: boolean;
  readonly #maxCount: number;
  readonly #linesOf = new Map<string, number>();

  constructor(search: LineSearch, line: CommandLine) {
    this.#search = search;
    this.#isCounting = countsLines(line);
    this.#maxCount = line.output === 'quiet' ? 1 : line.maxCount;
  }

  /** @returns false when no more is wanted of any file */
  take({ source, bytes, offset, ending }: Chunk, path: string): boolean {
    this.#search.begin(path, this.#linesOf.get(source.id) ?? 0, this.#search.totals.selected);
    this.#search.lines(bytes, offset, ending);
    this.#search.end();
    if (this.#isCounting) this.#count(source.id, countBreaks(bytes) + (ending === 'break' ? 0 : 1));
    return this.#search.totals.selected < this.#maxCount;
  }

  #count(id: string, lines: number): void {
    const before = this.#linesOf.get(id) ?? 0;
    this.#linesOf.delete(id);
    this.#linesOf.set(id, before + lines);
    const [oldest] = this.#linesOf.keys();
    if (this.#linesOf.size > maxCounted && oldest !== undefined) this.#linesOf.delete(oldest);
  }
}
