import type { LineMatch } from '@sluice/log-matcher';
import { endOfLine } from '../search/end-of-line.ts';
import type { Place, Printer } from '../search/printer.ts';
import type { Output } from './output.ts';
import type { Prefix } from './prefix.ts';

const newline = 10;
const lineBreak = Buffer.from('\n');

/** Prints selected lines byte by byte as they are. Neighbours are written at once when nothing stands before them. */
export class LinePrinter implements Printer {
  readonly needsOne = false;
  readonly #output: Output;
  readonly #prefix: Prefix;
  #start = 0;
  #end = 0;

  constructor(output: Output, prefix: Prefix) {
    this.#output = output;
    this.#prefix = prefix;
  }

  match(place: Place, { line }: LineMatch, isFirst: boolean): void {
    if (isFirst) this.lines(place, line.offset, endOfLine(place.bytes, line));
  }

  lines(place: Place, start: number, end: number): void {
    if (this.#prefix.isEmpty) this.#join(place, start, end);
    else this.#each(place, start, end);
  }

  leave({ bytes }: Place): void {
    this.#write(bytes, this.#start, this.#end);
    this.#start = 0;
    this.#end = 0;
  }

  end(_path: string, selected: number): boolean {
    return selected > 0;
  }

  #join({ bytes }: Place, start: number, end: number): void {
    if (start !== this.#end) {
      this.#write(bytes, this.#start, this.#end);
      this.#start = start;
    }
    this.#end = end;
  }

  #each(place: Place, start: number, end: number): void {
    for (let at = start; at < end; ) {
      const found = place.bytes.indexOf(newline, at);
      const next = found === -1 ? end : found + 1;
      this.#prefix.write(this.#output, place, at);
      this.#write(place.bytes, at, next);
      at = next;
    }
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    this.#output.bytes(bytes, start, end);
    if (bytes[end - 1] !== newline) this.#output.bytes(lineBreak);
  }
}
