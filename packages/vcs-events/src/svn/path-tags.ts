import { attributesOf } from './attributes.ts';

/** What stands in the tag of a `<path>`, as bytes in latin1, entities as they are. */
export interface PathTag {
  readonly action: string;
  readonly kind: string;
  readonly copyFromPath: string | undefined;
  readonly copyFromRevision: string | undefined;
}

/** A log has few different tags of paths that were not copied: their attributes in all orders. */
const maxRemembered = 256;

/** Reads the tags of paths, and remembers those that come often. */
export class PathTags {
  readonly #known = new Map<string, PathTag>();

  /** @param text what stands between `<path` and `>`; undefined when it is no list of attributes */
  read(text: string): PathTag | undefined {
    return this.#known.get(text) ?? this.#parse(text);
  }

  #parse(text: string): PathTag | undefined {
    const attributes = attributesOf(text);
    if (attributes === undefined) return undefined;
    const tag = {
      action: attributes.get('action') ?? '',
      kind: attributes.get('kind') ?? '',
      copyFromPath: attributes.get('copyfrom-path'),
      copyFromRevision: attributes.get('copyfrom-rev'),
    };
    if (tag.copyFromPath === undefined && this.#known.size < maxRemembered) {
      // A copy: a slice of the chunk would keep the whole of it in memory.
      this.#known.set(Buffer.from(text, 'latin1').toString('latin1'), tag);
    }
    return tag;
  }
}
