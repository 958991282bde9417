import type { LineMatch } from '@sluice/log-matcher';
import type { PartFinder } from '../patterns/part-finder.ts';
import type { Place, Printer } from '../search/printer.ts';
import { byteOffsets } from './byte-offsets.ts';
import type { Output } from './output.ts';
import type { Prefix } from './prefix.ts';

/** Prints the parts of lines that match, each as a line, byte by byte as they are. */
export class PartPrinter implements Printer {
  readonly needsOne = false;
  readonly #output: Output;
  readonly #prefix: Prefix;
  readonly #finder: PartFinder;

  constructor(output: Output, prefix: Prefix, finder: PartFinder) {
    this.#output = output;
    this.#prefix = prefix;
    this.#finder = finder;
  }

  match(place: Place, { line }: LineMatch, isFirst: boolean): void {
    if (!isFirst) return;
    const { offset, text } = line;
    const byteAt = byteOffsets(line.bytes(), text);
    this.#finder.each(text, ({ start, end }) => {
      const at = byteAt(start);
      this.#prefix.write(this.#output, place, offset, offset + at);
      this.#output.bytes(line.bytes(), at, byteAt(end));
      this.#output.text('\n');
    });
  }

  lines(): void {
    // A line without a match has no part that matches.
  }

  leave(): void {}

  end(_path: string, selected: number): boolean {
    return selected > 0;
  }
}
