import { printable, type Terminal, writeAll, writeMessage } from '@sluice/command-line';
import type { QueueChange, QueueState } from '@sluice/exim-queue';
import { styled } from '../output/style.ts';
import { cutText } from '../output/text-width.ts';
import { timeText } from '../output/time-text.ts';
import { changeLine } from './change-line.ts';
import type { ChangeView } from './change-view.ts';
import { QueueTotals } from './queue-totals.ts';

const redrawMs = 250;
const headLines = 4;
const defaultRows = 24;
const defaultColumns = 80;
const maxKept = 500;

const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';
const home = '\u001b[H';
const toEndOfLine = '\u001b[K';
const toEndOfScreen = '\u001b[J';

const shownStates: readonly QueueState[] = ['frozen', 'deferred', 'new', 'delivering', 'damaged'];

/**
 * Totals and the newest changes on a terminal of its own, drawn at most four times a second, and only when there is
 * something new.
 *
 * @param title what is watched
 * @param failed is told when it cannot be drawn
 */
export class LiveView implements ChangeView {
  readonly #fd: number;
  readonly #title: string;
  readonly #hasColor: boolean;
  readonly #failed: (error: unknown) => void;
  readonly #totals = new QueueTotals();
  readonly #sizeOf: () => { readonly columns?: number; readonly rows?: number };
  #changes: QueueChange[] = [];
  #seen = 0;
  #isReady = false;
  #notice = '';
  #timer: NodeJS.Timeout | undefined;
  readonly #leave = (): void => writeMessage(this.#fd, leave);

  constructor(fd: number, title: string, { hasColor }: Terminal, failed: (error: unknown) => void) {
    this.#fd = fd;
    this.#title = printable(title);
    this.#hasColor = hasColor;
    this.#failed = failed;
    // A terminal tells its size anew when the window changes.
    this.#sizeOf = () => process.stdout;
    writeAll(fd, enter);
    // A second signal ends the program without coming back to `end`.
    process.once('exit', this.#leave);
    this.#draw();
  }

  add(change: QueueChange): void {
    this.#totals.add(change);
    if (change.kind === 'ready') this.#isReady = true;
    else if (change.kind !== 'present' && (change.kind !== 'reconciled' || (change.count ?? 0) > 0)) this.#keep(change);
    this.#drawSoon();
  }

  /** Something amiss, for the last line. */
  notice(text: string): void {
    this.#notice = printable(text);
    this.#drawSoon();
  }

  end(): void {
    clearTimeout(this.#timer);
    process.off('exit', this.#leave);
    this.#leave();
  }

  #keep(change: QueueChange): void {
    this.#seen += 1;
    this.#changes.push(change);
    if (this.#changes.length > 2 * maxKept) this.#changes = this.#changes.slice(-maxKept);
  }

  #drawSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#draw();
      } catch (error) {
        this.#failed(error);
      }
    }, redrawMs);
  }

  #bold(text: string): string {
    return this.#hasColor ? styled(text, 'bold') : text;
  }

  #draw(): void {
    const { columns = defaultColumns, rows = defaultRows } = this.#sizeOf();
    const totals = this.#totals;
    const parts = shownStates.filter((state) => totals.in(state) > 0).map((state) => `${totals.in(state)} ${state}`);
    const count = `${totals.messages.toLocaleString('en')} messages`;
    const state = [...parts, `${totals.bounces} bounces`].join(', ');
    const room = Math.max(1, rows - headLines - (this.#notice === '' ? 0 : 1));
    const newest = this.#changes.slice(-room).reverse();
    const lines = [
      this.#bold(cutText(`${this.#title}   ${timeText(Date.now())}`, columns)),
      cutText(this.#isReady ? `${count}: ${state}` : `${count} so far …`, columns),
      cutText(`${this.#seen.toLocaleString('en')} changes since the start, newest first; Ctrl-C ends`, columns),
      '',
      ...newest.map((change) => changeLine(change, columns, this.#hasColor)),
      ...(this.#notice === '' ? [] : [cutText(this.#notice, columns)]),
    ];
    writeAll(this.#fd, `${home}${lines.map((line) => `${line}${toEndOfLine}`).join('\n')}${toEndOfScreen}`);
  }
}
