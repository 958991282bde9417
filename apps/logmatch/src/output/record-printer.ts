import type { LineMatch } from '@sluice/log-matcher';
import type { Place, Printer } from '../search/printer.ts';
import type { Output } from './output.ts';
import type { MatchRecord } from './record.ts';

/** Prints one text for each match. */
export class RecordPrinter implements Printer {
  readonly needsOne = false;
  readonly #output: Output;
  readonly #record: MatchRecord;

  constructor(output: Output, record: MatchRecord) {
    this.#output = output;
    this.#record = record;
  }

  match(place: Place, match: LineMatch): void {
    this.#output.text(`${this.#record(place, match)}\n`);
  }

  lines(): void {
    // A line that no pattern matches has no record; the command line refuses to ask for it.
  }

  leave(): void {}

  end(_path: string, selected: number): boolean {
    return selected > 0;
  }
}
