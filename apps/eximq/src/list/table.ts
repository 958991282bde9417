import { printable, type Terminal } from '@sluice/command-line';
import type { QueueEntry } from '@sluice/exim-queue/batches';
import { type Style, styled } from '../output/style.ts';
import { cutText, isAscii, textWidth } from '../output/text-width.ts';
import type { Column } from './column.ts';

const gap = '  ';
/** A line in the making. */
interface Row {
  readonly texts: readonly string[];
  /** Cells of the terminal that the texts take; undefined where each takes its length, as nearly all do. */
  readonly widths: readonly number[] | undefined;
  /** Undefined where there are no colours. */
  readonly styles: readonly (Style | undefined)[] | undefined;
}

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
  #held: Row[] = [];
  #widths: readonly number[] | undefined;

  constructor(columns: readonly Column[], terminal: Terminal, nowMs: number) {
    this.#columns = columns;
    this.#terminal = terminal;
    this.#nowMs = nowMs;
  }

  /** Lines that can be printed now. */
  lines(entries: readonly QueueEntry[]): string {
    const rows = entries.map((entry) => this.#row(entry));
    if (this.#widths !== undefined) return this.#text(rows, this.#widths);
    this.#held.push(...rows);
    return this.#held.length < measured ? '' : this.end();
  }

  /** The rest of the lines. */
  end(): string {
    const rows = this.#held;
    this.#held = [];
    if (rows.length === 0) return '';
    if (this.#widths !== undefined) return this.#text(rows, this.#widths);
    this.#widths = this.#measure(rows);
    return this.#text(this.#terminal.isTerminal ? [this.#heading(), ...rows] : rows, this.#widths);
  }

  #row(entry: QueueEntry): Row {
    const texts = this.#columns.map(({ text }) => text(entry, this.#nowMs));
    const styles = this.#terminal.hasColor ? this.#columns.map(({ style }) => style?.(entry)) : undefined;
    // One look at the whole line is quicker than one at each of its texts.
    if (isAscii(texts.join(''))) return { texts, widths: undefined, styles };
    const shown = texts.map(printable);
    return { texts: shown, widths: shown.map(textWidth), styles };
  }

  #heading(): Row {
    const styles = this.#terminal.hasColor ? this.#columns.map(() => 'bold' as const) : undefined;
    return { texts: this.#columns.map(({ title }) => title), widths: undefined, styles };
  }

  #measure(rows: readonly Row[]): readonly number[] {
    const { isTerminal, columns: total = defaultColumns } = this.#terminal;
    const widths = this.#columns.map(({ title }) => (isTerminal ? title.length : 0));
    for (const row of rows) {
      for (let at = 0; at < widths.length; at += 1) widths[at] = Math.max(widths[at] ?? 0, widthOf(row, at));
    }
    if (!isTerminal) return widths.map((width) => Math.min(width, maxPiped));
    const isFlexible = this.#columns.map((column) => column.isFlexible === true);
    const fixed = widths.reduce(
      (sum, width, at) => sum + gap.length + (isFlexible[at] === true ? 0 : width),
      -gap.length,
    );
    return shared(widths, isFlexible, total - fixed);
  }

  #text(rows: readonly Row[], widths: readonly number[]): string {
    let text = '';
    for (const row of rows) text += this.#line(row, widths);
    return text;
  }

  #line(row: Row, widths: readonly number[]): string {
    let line = '';
    for (let at = 0; at < widths.length; at += 1) {
      const width = widths[at] ?? 0;
      const own = widthOf(row, at);
      const whole = row.texts[at] ?? '';
      const isCut = this.#terminal.isTerminal && own > width;
      const text = isCut ? cutText(whole, width) : whole;
      const blanks = ' '.repeat(Math.max(0, width - (isCut ? textWidth(text) : own)));
      const style = row.styles?.[at];
      const shown = style === undefined ? text : styled(text, style);
      if (at > 0) line += gap;
      line += this.#columns[at]?.isNumber === true ? blanks + shown : shown + blanks;
    }
    return `${line.trimEnd()}\n`;
  }
}

const widthOf = ({ texts, widths }: Row, at: number): number => widths?.[at] ?? texts[at]?.length ?? 0;

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
