import { isInsidePair } from '../chars/surrogates.ts';
import type { Engine, Found, gaveUp } from '../engine.ts';
import type { Node } from '../python-regex/ast.ts';
import { emitV8 } from './emit.ts';

/** One source compiled twice: for the answer, and, when it is asked for offsets, with V8's slower `d` flag. */
class Variant {
  readonly #regex: RegExp;
  #withIndices: RegExp | undefined;

  /** @param flags with `g`, which makes a search begin at `lastIndex` */
  constructor(source: string, flags: string) {
    this.#regex = new RegExp(source, flags);
  }

  search(text: string): RegExpExecArray | null {
    const regex = this.#regex;
    regex.lastIndex = 0;
    let match = regex.exec(text);
    // V8 finds empty matches inside a surrogate pair too, where neither Python nor its own specification has a position.
    while (match !== null && isInsidePair(text, match.index)) {
      regex.lastIndex = match.index + 1;
      match = regex.exec(text);
    }
    return match;
  }

  /** The same match again, with indices. */
  indicesOf({ input, index }: RegExpExecArray): RegExpIndicesArray {
    this.#withIndices ??= new RegExp(this.#regex.source, `${this.#regex.flags}d`);
    this.#withIndices.lastIndex = index;
    return this.#withIndices.exec(input)?.indices as RegExpIndicesArray;
  }
}

class V8Found implements Found {
  readonly #variant: Variant;
  readonly #match: RegExpExecArray;
  #offsets: Int32Array | undefined;

  constructor(variant: Variant, match: RegExpExecArray) {
    this.#variant = variant;
    this.#match = match;
  }

  get start(): number {
    return this.#match.index;
  }

  get end(): number {
    return this.#match.index + this.#match[0].length;
  }

  offsets(): Int32Array {
    if (this.#offsets === undefined) {
      this.#offsets = Int32Array.from(this.#variant.indicesOf(this.#match).flatMap((pair) => pair ?? [-1, -1]));
    }
    return this.#offsets;
  }

  text(group: number): string | undefined {
    return this.#match[group];
  }
}

/** V8's own engine, for patterns on which it agrees with Python. */
export class V8Engine implements Engine {
  readonly name = 'v8';
  readonly #root: Node;
  readonly #fallback: () => Engine;
  #ascii: Variant | undefined;
  #unicode: Variant | undefined;
  #isRefused = false;

  /**
   * @param root a pattern for which `whyNotV8` knows no reason
   * @param fallback what to ask when V8 finds the pattern too large, or a text too deep for its stack
   */
  constructor(root: Node, fallback: () => Engine) {
    this.#root = root;
    this.#fallback = fallback;
  }

  search(text: string, isAscii: boolean): Found | undefined | typeof gaveUp {
    if (!this.#isRefused) {
      try {
        const variant = isAscii ? this.#forAscii() : this.#forUnicode();
        const match = variant.search(text);
        return match === null ? undefined : new V8Found(variant, match);
      } catch (error) {
        // V8 may find out when it compiles, or only when it first runs.
        if (error instanceof SyntaxError) this.#isRefused = true;
        else if (!(error instanceof RangeError)) throw error;
      }
    }
    return this.#fallback().search(text, isAscii);
  }

  #forAscii(): Variant {
    this.#ascii ??= new Variant(emitV8(this.#root, 'ascii'), 'g');
    return this.#ascii;
  }

  #forUnicode(): Variant {
    this.#unicode ??= new Variant(emitV8(this.#root, 'unicode'), 'gu');
    return this.#unicode;
  }
}
