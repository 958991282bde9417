import { attributesOf } from './attributes.ts';
import { EntryStack, type OpenEntry } from './entry-stack.ts';
import { Latin1Texts } from './latin1-texts.ts';
import type { SvnLogEntry } from './log-entry.ts';
import { formatError } from './log-error.ts';
import { PathTags } from './path-tags.ts';

/** Elements that hold a text and nothing else. */
export type Leaf = 'author' | 'date' | 'msg' | 'path' | 'property';

/** Puts entries together from the elements of a log. Texts are bytes in latin1, entities as they are. */
export class LogBuilder {
  readonly texts: Latin1Texts = new Latin1Texts();
  readonly #pathTags = new PathTags();
  readonly #stack = new EntryStack();
  #place: 'before' | 'in' | 'after' = 'before';
  #whole: SvnLogEntry[] = [];

  /** How many entries are open. */
  get depth(): number {
    return this.#stack.depth;
  }

  get place(): 'before' | 'in' | 'after' {
    return this.#place;
  }

  /** Whether there are entries to take. */
  get hasEntries(): boolean {
    return this.#whole.length > 0;
  }

  /** The entries that are whole, once. */
  takeEntries(): readonly SvnLogEntry[] {
    const entries = this.#whole;
    this.#whole = [];
    return entries;
  }

  openLog(): void {
    if (this.#place !== 'before') throw formatError('there is a second <log>', '');
    this.#place = 'in';
  }

  openEntry(attributeText: string): void {
    if (this.#place !== 'in') throw formatError('<logentry> is not in <log>', '');
    const attributes = attributesOf(attributeText);
    if (attributes === undefined) throw formatError('attributes of <logentry> cannot be read', attributeText);
    this.#stack.push(attributes.get('revision'));
  }

  /** `<paths>`, which may be empty, and `<revprops>`. */
  openGroup(name: 'paths' | 'revprops'): void {
    const entry = this.#entryOf(name);
    if (name === 'paths') entry.paths ??= [];
  }

  close(name: string): void {
    if (name === 'logentry') {
      const entry = this.#stack.pop();
      if (entry !== undefined) this.#whole.push(entry);
    } else if (name === 'log' && this.#place === 'in' && this.depth === 0) this.#place = 'after';
    else if ((name !== 'paths' && name !== 'revprops') || this.depth === 0) {
      throw formatError(`</${name.slice(0, 50)}> closes nothing`, name);
    }
  }

  /** @param attributeText only of a path is it looked at */
  leaf(name: Leaf, text: string, attributeText: string): void {
    const entry = this.#entryOf(name);
    const value = this.texts.read(text);
    if (name === 'path') this.#path(entry, value, attributeText);
    else if (name === 'author') entry.author = value;
    else if (name === 'date') entry.date = value;
    else if (name === 'msg') entry.message = value;
    if (this.texts.isDamaged) {
      entry.isDamaged = true;
      this.texts.isDamaged = false;
    }
  }

  #path(entry: OpenEntry, path: string, attributeText: string): void {
    const tag = this.#pathTags.read(attributeText);
    if (tag === undefined) throw formatError('attributes of <path> cannot be read', attributeText);
    const { action, kind, copyFromPath, copyFromRevision } = tag;
    entry.paths ??= [];
    entry.paths.push(
      copyFromPath === undefined || copyFromRevision === undefined
        ? { path, action, kind }
        : { path, action, kind, copyFromPath: this.texts.read(copyFromPath), copyFromRevision },
    );
  }

  #entryOf(name: string): OpenEntry {
    if (this.#stack.top === undefined) throw formatError(`<${name}> is not in an entry`, '');
    return this.#stack.top;
  }
}
