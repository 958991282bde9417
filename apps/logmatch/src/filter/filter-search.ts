import type { FilterConfig } from '@sluice/fail2ban-config';
import { compileFilter, type Fail2banFilter, filterMetrics } from '@sluice/fail2ban-filter';
import type { ChunkEnding, Failure, RejectSink } from '@sluice/pipeline';
import type { SummaryPrinter } from '../output/summary-printer.ts';
import { LineCounter } from '../search/line-counter.ts';
import { type LineSearch, noTotals, type SearchTotals } from '../search/line-search.ts';
import type { Place } from '../search/printer.ts';
import type { FailurePrinter } from './failure-printer.ts';

/** Thrown through a filter to end it. */
const enough = new Error('enough');

export interface FilterSearchOptions {
  readonly maxCount: number;
  readonly lineNumbers: boolean;
  /** Told of matches that name nobody. */
  readonly rejects: RejectSink;
}

/** Searches lines for the failures of a fail2ban filter. */
export class FilterSearch implements LineSearch {
  readonly totals: SearchTotals;
  readonly #filter: Fail2banFilter;
  readonly #print: FailurePrinter;
  readonly #summary: SummaryPrinter | undefined;
  readonly #options: FilterSearchOptions;
  readonly #limit: number;
  readonly #counter = new LineCounter();
  readonly #place: { -readonly [Key in keyof Place]: Place[Key] };
  #memory: Buffer = Buffer.alloc(0);
  #selected = 0;
  #selectedBefore = 0;

  /**
   * @param summary prints what is printed once a file; undefined when nothing is
   * @throws Fail2banFilterError for a filter that does not compile
   */
  constructor(
    config: FilterConfig,
    print: FailurePrinter,
    summary: SummaryPrinter | undefined,
    options: FilterSearchOptions,
  ) {
    const add = (name: string, count: number): void => this.#count(name, count);
    this.#filter = compileFilter(config, { rejects: options.rejects, metrics: { add } });
    this.#print = print;
    this.#summary = summary;
    this.#options = options;
    this.#limit = summary?.needsOne ? Math.min(1, options.maxCount) : options.maxCount;
    this.totals = noTotals(this.patterns.length);
    const numberAt = (offset: number): number => this.#counter.numberAt(this.#place.bytes, offset);
    this.#place = { path: '', bytes: this.#memory, offset: 0, numberAt };
  }

  /** The failregexes, tags expanded. */
  get patterns(): readonly string[] {
    return this.#filter.expanded.failRegex;
  }

  memory(bytes: number): Uint8Array {
    if (this.#memory.length < bytes) this.#memory = Buffer.allocUnsafe(bytes);
    return this.#memory;
  }

  begin(path: string, linesBefore = 0, selectedBefore = 0): void {
    this.#place.path = path;
    this.#counter.begin(linesBefore);
    this.#selected = selectedBefore;
    this.#selectedBefore = selectedBefore;
  }

  lines(bytes: Uint8Array, offset: number, ending: ChunkEnding): boolean {
    const { lineNumbers } = this.#options;
    const { path } = this.#place;
    this.#place.bytes = bytes;
    this.#place.offset = offset;
    this.totals.bytes += bytes.length;
    if (this.#limit === 0) return false;
    if (lineNumbers) this.#counter.enter();
    try {
      this.#filter.process({ source: { id: path, path }, bytes, offset, live: false, ending }, this.#take);
    } catch (error) {
      if (error === enough) return false;
      throw error;
    }
    if (lineNumbers) this.#counter.leave(bytes);
    return true;
  }

  end(): void {
    const selected = this.#selected - this.#selectedBefore;
    this.totals.selected += selected;
    const found = this.#summary?.end(this.#place.path, selected) ?? selected > 0;
    if (found) this.totals.found = true;
  }

  #count(name: string, count: number): void {
    if (name === filterMetrics.lines) this.totals.lines += count;
    if (name === filterMetrics.candidates) this.totals.candidates += count;
  }

  readonly #take = (failure: Failure): void => {
    this.#selected += 1;
    this.totals.hits[failure.pattern] = (this.totals.hits[failure.pattern] ?? 0) + 1;
    this.#print(this.#place, failure, failure.offset - this.#place.offset);
    if (this.#selected >= this.#limit) throw enough;
  };
}
