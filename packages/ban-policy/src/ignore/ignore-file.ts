import { readFileSync, type Stats, statSync } from 'node:fs';
import { type NameResolver, parseNetwork } from '@sluice/pipeline';
import type { Eventually } from './eventually.ts';
import { IgnoreList } from './ignore-list.ts';
import type { Suspect } from './suspect.ts';

const maxFileBytes = 16 * 1024 * 1024;
const maxNames = 256;
const checkEveryMs = 1000;

export interface IgnoreFileOptions {
  readonly resolver?: NameResolver;
  /** Told in one sentence what is wrong with the file, once for each state of it. */
  readonly onFault: (reason: string) => void;
}

/**
 * A file of addresses, networks, names and ids that are never banned, separated by blanks, commas or lines; `#` and `;` at
 * the beginning of a word begin a comment.
 *
 * It is read when somebody is first looked for in it, and again when its time, inode or size has changed, which is checked
 * at most once a second. What cannot be read keeps what was read last. At most 16 MiB, with at most 256 host names.
 */
export class IgnoreFile {
  readonly path: string;
  readonly #options: IgnoreFileOptions;
  #list = new IgnoreList([]);
  #checkedAtMs = Number.NEGATIVE_INFINITY;
  #state = '';

  constructor(path: string, options: IgnoreFileOptions) {
    this.path = path;
    this.#options = options;
  }

  ruleFor(who: Suspect, nowMs: number): Eventually<'ip' | 'dns' | undefined> {
    if (nowMs - this.#checkedAtMs >= checkEveryMs || nowMs < this.#checkedAtMs) {
      this.#checkedAtMs = nowMs;
      this.#refresh();
    }
    return this.#list.ruleFor(who, nowMs);
  }

  #refresh(): void {
    try {
      const stats = statSync(this.path);
      const state = `${stats.mtimeMs} ${stats.ino} ${stats.size}`;
      if (state === this.#state) return;
      this.#state = state;
      this.#read(stats);
    } catch (error) {
      const fault = (error as Error).message;
      if (fault !== this.#state) this.#options.onFault(`it cannot be read, what was known goes on to count: ${fault}`);
      this.#state = fault;
    }
  }

  #read(stats: Stats): void {
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > maxFileBytes) throw new Error(`it has ${stats.size} bytes, more than ${maxFileBytes}`);
    const words = readFileSync(this.path, 'utf8')
      .replace(/(?<=^|[\s,])[#;].*$/gm, '')
      .split(/[\s,]+/);
    this.#list = new IgnoreList(this.#usable(words), this.#options.resolver);
    if (this.#list.unresolved.length > 0)
      this.#options.onFault(`${this.#list.unresolved.length} host names in it are not resolved: there is no resolver`);
  }

  #usable(words: readonly string[]): string[] {
    const faulty: string[] = [];
    let names = 0;
    const usable = words.filter((word) => {
      if (word === '') return false;
      if (parseNetwork(word) !== undefined) return true;
      names += 1;
      const fits = names <= maxNames && isEntry(word);
      if (!fits) faulty.push(word);
      return fits;
    });
    if (faulty.length > 0)
      this.#options.onFault(
        `${faulty.length} entries are neither address, network nor name, or one of more than ${maxNames} names: ${faulty.slice(0, 3).join(' ')}`,
      );
    return usable;
  }
}

function isEntry(word: string): boolean {
  try {
    new IgnoreList([word]);
    return true;
  } catch {
    return false;
  }
}
