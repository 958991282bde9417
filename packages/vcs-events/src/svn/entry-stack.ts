import type { SvnLogEntry, SvnLogPath } from './log-entry.ts';
import { formatError } from './log-error.ts';

/** Deeper than any history merges; a bound for those who walk down the entries. */
const maxDepth = 1000;

/** An entry that is not closed yet. */
export class OpenEntry implements SvnLogEntry {
  readonly revision: number;
  author: string | undefined = undefined;
  date: string | undefined = undefined;
  message: string | undefined = undefined;
  paths: SvnLogPath[] | undefined = undefined;
  merged: SvnLogEntry[] | undefined = undefined;
  isDamaged = false;

  constructor(revision: number) {
    this.revision = revision;
  }
}

/** The entries that are open, each merged by the one before. */
export class EntryStack {
  readonly #entries: OpenEntry[] = [];
  /** The innermost. */
  top: OpenEntry | undefined;

  get depth(): number {
    return this.#entries.length;
  }

  /** Opens an entry. */
  push(revision: string | undefined): void {
    if (revision === undefined || !/^\d{1,15}$/.test(revision)) {
      throw formatError('<logentry> has no revision number', revision ?? '');
    }
    if (this.depth === maxDepth) throw formatError(`entries are nested more than ${maxDepth} deep`, revision);
    this.top = new OpenEntry(Number(revision));
    this.#entries.push(this.top);
  }

  /** Closes the innermost entry; it is returned if it was the outermost too. */
  pop(): SvnLogEntry | undefined {
    const entry = this.#entries.pop();
    if (entry === undefined) throw formatError('</logentry> closes nothing', '');
    this.top = this.#entries.at(-1);
    if (this.top === undefined) return entry;
    this.top.merged ??= [];
    this.top.merged.push(entry);
    return undefined;
  }
}
