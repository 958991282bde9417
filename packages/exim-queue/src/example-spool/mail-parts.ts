import type { Dice } from './dice.ts';

const words =
  'report meeting budget draft review server backup invoice project schedule release update question answer notes plan team customer contract offer'.split(
    ' ',
  );
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const noiseLength = 65_536;
const bodyLines = 8192;
const wordsPerLine = 9;
const minBodyBytes = 300;
const maxBodyBytes = 8192;

/** Stuff that mails are made of, generated once and then cut into pieces: a queue of 100,000 is to be made in seconds. */
export class MailParts {
  readonly #dice: Dice;
  readonly #noise: string;
  readonly #text: Buffer;
  /** Where each line of the text begins. */
  readonly #lineStarts: readonly number[];

  constructor(dice: Dice) {
    this.#dice = dice;
    this.#noise = Array.from({ length: noiseLength }, () => base64.charAt(dice.below(base64.length))).join('');
    const lines = Array.from({ length: bodyLines }, () => `${this.words(wordsPerLine)}\n`);
    this.#text = Buffer.from(lines.join(''));
    let start = 0;
    this.#lineStarts = lines.map((line) => {
      start += line.length;
      return start - line.length;
    });
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.#dice.pick(words)).join(' ');
  }

  /** Letters and digits of base64. */
  noise(length: number): string {
    const at = this.#dice.below(noiseLength - length);
    return this.#noise.slice(at, at + length);
  }

  /** Whole lines of 0.3 to 8 KiB, many short ones and few long ones; a view that must not be written to. */
  body(): Buffer {
    const wanted = minBodyBytes * (maxBodyBytes / minBodyBytes) ** this.#dice.share();
    const starts = this.#lineStarts;
    const first = this.#dice.below(starts.length >> 1);
    const from = starts[first] as number;
    let last = first + 1;
    while ((starts[last] as number) - from < wanted) last += 1;
    return this.#text.subarray(from, starts[last - 1] === from ? starts[last] : starts[last - 1]);
  }
}
