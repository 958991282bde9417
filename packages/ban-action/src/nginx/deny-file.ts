import { stat } from 'node:fs/promises';
import { BanActionError } from '../ban-action-error.ts';
import { type DenyBan, type DenyEntry, denyEntry, isSayable, readEntry } from './deny-entry.ts';
import type { DenyFormat } from './options.ts';
import { type Replacement, readWhole, replaceFile, settledPath } from './replace-file.ts';

const mark = '# Networks that Sluice denies. This file is written by a program: changes by hand are lost.';
const isMapped = /^::ffff:[\d.]+ 1;$/;

/** The file that nginx includes: read once, then written whole each time. */
export class DenyFile {
  readonly #format: DenyFormat;
  #path: string;
  /** The file as it was last read or written here. */
  #seen: Replacement | undefined;

  constructor(path: string, format: DenyFormat) {
    this.#path = path;
    this.#format = format;
  }

  /**
   * Reads what stands, and makes the file where there is none.
   *
   * @throws BanActionError also for a file that is not ours
   */
  async open(): Promise<readonly DenyEntry[]> {
    this.#path = await settledPath(this.#path);
    this.#seen = await stat(this.#path).catch(() => undefined);
    const text = await readWhole(this.#path);
    // Written by another format, some may have no words in this one.
    const sayable = (text === undefined ? [] : this.#parse(text)).filter((ban) => isSayable(ban, this.#format));
    const entries = sayable.map((ban) => denyEntry(ban, this.#format));
    // Also tells now, and not at the first ban, that the folder may not be written to.
    await this.write(entries);
    return entries;
  }

  /**
   * Replaces the file in one step: whoever reads it finds the old one or the new one whole, also after a loss of power.
   *
   * @throws BanActionError also when somebody else has put another file in its place
   */
  async write(entries: Iterable<DenyEntry>): Promise<void> {
    await this.#mustBeOurs();
    const parts = [`${mark}\n`];
    for (const { lines } of entries) parts.push(lines);
    this.#seen = await replaceFile(this.#path, parts.join(''));
  }

  async #mustBeOurs(): Promise<void> {
    const now = await stat(this.#path).catch(() => undefined);
    if (now === undefined || (now.ino === this.#seen?.ino && now.mtimeMs === this.#seen.mtimeMs)) return;
    const text = await readWhole(this.#path);
    if (text !== undefined) this.#parse(text);
  }

  #parse(text: string): DenyBan[] {
    const lines = text.split('\n');
    // An empty file is one that was made for nginx to find something.
    if (text.trim() !== '' && lines[0] !== mark) throw this.#foreign(1, lines[0]);
    return lines.slice(1).flatMap((line, n) => {
      if (line === '' || isMapped.test(line)) return [];
      const entry = readEntry(line);
      if (entry === undefined) throw this.#foreign(n + 2, line);
      return [entry];
    });
  }

  #foreign(line: number, text = ''): BanActionError {
    return new BanActionError('ERR_BAN_ACTION_REFUSED', 'nginx: this file is not of our making', {
      file: this.#path,
      line,
      value: text.slice(0, 200),
      cure: 'give `file` a name of its own, or empty the file',
    });
  }
}
