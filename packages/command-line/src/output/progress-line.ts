import { isTerminal } from './is-terminal.ts';
import type { Messages } from './messages.ts';

const quietMs = 1000;
const everyMs = 200;

/** One line on the terminal that tells how far reading is; nothing in the first second, and nothing elsewhere. */
export class ProgressLine {
  readonly #messages: Messages;
  /** Whether anything is ever shown. */
  readonly isShown: boolean;
  #nextMs: number = Date.now() + quietMs;
  #stands = false;

  /** @param when `auto`: only when standard error is a terminal */
  constructor(messages: Messages, fd: number, when: 'auto' | 'always' | 'never') {
    this.#messages = messages;
    this.isShown = when === 'always' || (when === 'auto' && isTerminal(fd));
  }

  /** @param total how many there are, where that is known */
  show(count: number, noun: string, total?: number): void {
    if (!this.isShown || Date.now() < this.#nextMs) return;
    this.#nextMs = Date.now() + everyMs;
    this.#stands = true;
    const of = total === undefined || total < count ? '' : ` of ${total.toLocaleString('en')}`;
    this.#messages.raw(`\r\u001b[K${count.toLocaleString('en')}${of} ${noun} …`);
  }

  /** Takes the line away, so that other text can be written. */
  clear(): void {
    if (this.#stands) this.#messages.raw('\r\u001b[K');
    this.#stands = false;
  }
}
