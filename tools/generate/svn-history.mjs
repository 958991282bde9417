import { Dice } from './dice.mjs';

const words =
  'add fix remove update the a parser lexer index cache of in for when test tests build release option flag path revision branch merge error message reader writer buffer socket thread lock queue timeout header value table column row query schema session cookie header footer page menu dialog icon layout colour font locale translation spelling typo comment docs readme change log version bump crash leak regression memory disk file directory copy move rename permission user group role'.split(
    ' ',
  );
/** What has to be escaped in XML, and what is not ASCII. */
const rareWords = ['<tag>', '&', '"quoted"', "don't", 'naïve', 'café', '→', 'über', '日本語'];
const directories =
  'core parser network storage index interface tools build documentation tests plugins locale themes import export scheduler'.split(
    ' ',
  );
const stems = 'main reader writer buffer cache table query option config session header value token error'.split(' ');
const endings = ['.c', '.h', '.py', '.txt'];
const filesPerDirectory = stems.length * endings.length;

const firstMs = Date.UTC(1999, 8, 1);
const authorCount = 400;

/** @typedef {{ action: 'A' | 'M' | 'D', kind: 'dir' | 'file', path: string, from?: { path: string, revision: number } }} Change */
/** @typedef {{ revision: number, author: string, date: string, message: string, changes: Change[] }} Revision */

/** A history that never was, revision by revision; the same on every machine. Paths have no `/` before them. */
export class SvnHistory {
  #dice = new Dice(3);
  #timeMs = firstMs;
  #revision = 0;
  /** Files that there are now. @type {Set<string>} */
  #files = new Set();

  /** @returns {Revision} */
  next() {
    this.#revision += 1;
    const dice = this.#dice;
    this.#timeMs += 1000 + dice.below(dice.chance(0.3) ? 36_000_000 : 1_200_000);
    return {
      revision: this.#revision,
      author: this.#author(),
      date: `${new Date(this.#timeMs).toISOString().slice(0, 19)}.${String(dice.below(1e6)).padStart(6, '0')}Z`,
      message: this.#message(),
      changes: this.#revision === 1 ? this.#tree() : this.#changes(),
    };
  }

  #author() {
    // The smaller of two: some people commit more than others.
    const number = Math.min(this.#dice.below(authorCount), this.#dice.below(authorCount));
    return `${this.#dice.chance(0.02) ? 'rené' : 'author'}${number}`;
  }

  /** @param {number} count */
  #words(count) {
    const dice = this.#dice;
    return Array.from({ length: count }, () => dice.pick(dice.chance(0.003) ? rareWords : words)).join(' ');
  }

  #message() {
    const dice = this.#dice;
    if (dice.chance(0.01)) return '';
    const lines = Array.from(
      { length: dice.chance(0.6) ? 1 + dice.below(14) : 0 },
      () => `  ${this.#words(4 + dice.below(9))}`,
    );
    const body = [`${this.#words(3 + dice.below(8))}.`, ...(lines.length === 0 ? [] : ['', ...lines])];
    return `${body.join('\n')}\n`;
  }

  /** @returns {Change[]} */
  #tree() {
    /** @type {(path: string) => Change} */
    const added = (path) => ({ action: 'A', kind: 'dir', path });
    return ['trunk', 'branches', 'tags', ...directories.map((name) => `trunk/${name}`)].map(added);
  }

  /** @returns {Change[]} */
  #changes() {
    const revision = this.#revision;
    if (revision % 2500 === 0) {
      const path = `tags/release-${revision / 2500}`;
      return [{ action: 'A', kind: 'dir', path, from: { path: 'trunk', revision: revision - 1 } }];
    }
    const dice = this.#dice;
    const directory = dice.pick(directories);
    const count = dice.chance(0.05) ? 1 + dice.below(20) : 1 + dice.below(4);
    const first = dice.below(filesPerDirectory);
    return Array.from({ length: count }, (_, nth) => this.#change(directory, (first + nth) % filesPerDirectory));
  }

  /**
   * @param {string} directory
   * @param {number} number of the file in it
   * @returns {Change}
   */
  #change(directory, number) {
    const path = `trunk/${directory}/${stems[number % stems.length]}${endings[Math.floor(number / stems.length)]}`;
    if (!this.#files.has(path)) {
      this.#files.add(path);
      return { action: 'A', kind: 'file', path };
    }
    if (!this.#dice.chance(0.04)) return { action: 'M', kind: 'file', path };
    this.#files.delete(path);
    return { action: 'D', kind: 'file', path };
  }
}
