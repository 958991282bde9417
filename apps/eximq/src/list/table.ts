import { printable, type Terminal } from '@sluice/command-line';
import type { QueueEntry } from '@sluice/exim-queue/batches';
import { styled } from '../output/style.ts';
import { cutText, textWidth } from '../output/text-width.ts';
import type { Column } from './column.ts';

const gap = '  ';
/** Messages that decide on the widths; later ones are cut, or stand out where there is no terminal. */
const measured = 500;
const minFlexible = 10;
/** A long text in one line does not push the others to the right. */
const maxPiped = 40;
const defaultColumns = 80;

/**
 * A table of messages that need not be known before its first line: the first {@link measured} decide on its widths.
 *
 * On a terminal there is a heading, colours, and lines are cut to its width; elsewhere a line is a message, whole.
 */
export class Table {
  readonly #columns: readonly Column[];
  readonly #terminal: Terminal;
  readonly #nowMs: number;
  #held: QueueEntry[] = [];
  #widths: readonly number[] | undefined;

  constructor(columns: readonly Column[], terminal: Terminal, nowMs: number) {
    this.#columns = columns;
    this.#terminal = terminal;
    this.#nowMs = nowMs;
  }

  /** Lines that can be printed now. */
  lines(entries: readonly QueueEntry[]): string {
    if (this.#widths !== undefined) return entries.map((entry) => this.#line(entry)).join('');
    this.#held.push(...entries);
    return this.#held.length < measured ? '' : this.end();
  }

  /** The rest of the lines. */
  end(): string {
    const held = this.#held;
    this.#held = [];
    const isFirst = this.#widths === undefined;
    if (held.length === 0) return '';
    this.#widths ??= this.#measure(held);
    const heading = isFirst && this.#terminal.isTerminal ? this.#heading() : '';
    return heading + held.map((entry) => this.#line(entry)).join('');
  }

  #text(column: Column, entry: QueueEntry): string {
    return printable(column.text(entry, this.#nowMs));
  }

  #measure(entries: readonly QueueEntry[]): readonly number[] {
    const { isTerminal, columns: total = defaultColumns } = this.#terminal;
    const widths = this.#columns.map((column) => {
      const least = isTerminal ? column.title.length : 0;
      return entries.reduce((most, entry) => Math.max(most, textWidth(this.#text(column, entry))), least);
    });
    if (!isTerminal) return widths.map((width) => Math.min(width, maxPiped));
    const isFlexible = this.#columns.map((column) => column.isFlexible === true);
    const fixed = widths.reduce(
      (sum, width, at) => sum + gap.length + (isFlexible[at] === true ? 0 : width),
      -gap.length,
    );
    return shared(widths, isFlexible, total - fixed);
  }

  #line(entry: QueueEntry): string {
    return this.#joined(
      (column) => this.#text(column, entry),
      (column) => column.style?.(entry),
    );
  }

  #heading(): string {
    return this.#joined(
      ({ title }) => title,
      () => 'bold',
    );
  }

  #joined(
    textOf: (column: Column) => string,
    styleOf: (column: Column) => ReturnType<NonNullable<Column['style']>>,
  ): string {
    const last = this.#columns.length - 1;
    const { isTerminal, hasColor } = this.#terminal;
    const cells = this.#columns.map((column, at) => {
      const width = this.#widths?.[at] ?? 0;
      const whole = textOf(column);
      const text = isTerminal ? cutText(whole, width) : whole;
      const blanks = ' '.repeat(Math.max(0, width - textWidth(text)));
      const shown = hasColor ? styled(text, styleOf(column)) : text;
      return column.isNumber === true ? blanks + shown : at === last ? shown : shown + blanks;
    });
    return `${cells.join(gap).trimEnd()}\n`;
  }
}

/** Widths where flexible columns share what is left: none gets more than it needs, nor less than is readable. */
function shared(widths: readonly number[], isFlexible: readonly boolean[], space: number): readonly number[] {
  let left = space;
  let waiting = isFlexible.filter((flexible) => flexible).length;
  const given = [...widths];
  const narrowFirst = widths.map((width, at) => ({ width, at })).sort((a, b) => a.width - b.width);
  for (const { width, at } of narrowFirst) {
    if (isFlexible[at] !== true) continue;
    const part = Math.max(minFlexible, Math.floor(left / waiting));
    given[at] = Math.min(width, part);
    left -= given[at];
    waiting -= 1;
  }
  return given;
}
