import { attributesOf } from './attributes.ts';
import { EntryStack, type OpenEntry } from './entry-stack.ts';
import { Latin1Texts } from './latin1-texts.ts';
import type { SvnLogEntry } from './log-entry.ts';
import { formatError } from './log-error.ts';
import { PathTags } from './path-tags.ts';

/** Elements that hold a text and nothing else. */
export type Leaf = 'author' | 'date' | 'msg' | 'path' | 'property';

/** Puts entries together from their elements. Texts are bytes in latin1, entities as they are. */
export class LogBuilder {
  readonly texts: Latin1Texts = new Latin1Texts();
  readonly #pathTags = new PathTags();
  readonly #stack = new EntryStack();

  /** How many entries are open. */
  get depth(): number {
    return this.#stack.depth;
  }

  openEntry(attributeText: string): void {
    const attributes = attributesOf(attributeText);
    if (attributes === undefined) throw formatError('attributes of <logentry> cannot be read', attributeText);
    this.#stack.push(attributes.get('revision'));
  }

  /** Closes the innermost entry; returned if it was the outermost. */
  closeEntry(): SvnLogEntry | undefined {
    return this.#stack.pop();
  }

  /** `<paths>`, which may be empty, and `<revprops>`. */
  openGroup(name: 'paths' | 'revprops'): void {
    const entry = this.#entryOf(name);
    if (name === 'paths') entry.paths ??= [];
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
