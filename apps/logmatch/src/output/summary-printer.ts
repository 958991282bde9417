import type { Printer } from '../search/printer.ts';
import type { Output } from './output.ts';

/** What is printed once a file. */
export type SummaryKind = 'counts' | 'with-match' | 'without-match' | 'quiet';

export interface SummaryOptions {
  readonly kind: SummaryKind;
  readonly json: boolean;
  readonly paths: boolean;
}

/** Prints the count or the name of each input, and makes nothing of a line. */
export class SummaryPrinter implements Printer {
  readonly needsOne: boolean;
  readonly #output: Output;
  readonly #options: SummaryOptions;

  constructor(output: Output, options: SummaryOptions) {
    this.#output = output;
    this.#options = options;
    this.needsOne = options.kind !== 'counts';
  }

  match(): void {}

  lines(): void {}

  leave(): void {}

  end(path: string, selected: number): boolean {
    const { kind, json, paths } = this.#options;
    if (kind === 'counts') {
      if (json) this.#output.text(`${JSON.stringify({ path, count: selected })}\n`);
      else this.#output.text(`${paths ? `${path}:` : ''}${selected}\n`);
    }
    const isListed = kind === 'without-match' ? selected === 0 : selected > 0;
    if (isListed && kind.startsWith('with')) this.#output.text(`${path}\n`);
    return isListed;
  }
}
