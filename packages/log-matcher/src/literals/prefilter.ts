import { kernel } from '../kernel.ts';
import type { Node } from '../python-regex/ast.ts';
import { chooseGrams, gramBytes } from './choose-grams.ts';
import { CutFit, searchable } from './cut-fit.ts';
import { type Cells, eitherCase, fits, type Literal, literalOf } from './literal.ts';
import { requiredLiterals } from './required.ts';

const foldMask = 0x202020;

/** More literals than this are not worth looking for one by one. */
const maxExact = 16;

/** A gram of a literal: where in which. */
interface Entry {
  readonly literal: number;
  readonly offset: number;
}

/**
 * Told of a byte of a literal that was found, and of the patterns that ask for it. Answers up to where the same literal
 * would tell nothing new.
 */
export type OnHit = (position: number, patterns: readonly number[]) => number;

/** The prefilter whose grams are in the kernel's table. */
let loaded: Prefilter | undefined;

/**
 * Finds in bytes the lines that patterns could match, by the literals that each match must contain.
 *
 * Never a false negative: a line without a hit for a pattern is not matched by it, also after one span of the line was
 * cut out when the prefilter was made for that.
 */
export class Prefilter {
  /** Patterns without literals, ascending: each line could match them. */
  readonly always: readonly number[];
  /** Literals by pattern, for people. */
  readonly texts: readonly (readonly string[] | undefined)[];
  /** For a pattern with literals whose case matters: these, as they stand in a searched text; else undefined. */
  readonly exact: readonly (readonly string[] | undefined)[];
  readonly #literals: Literal[] = [];
  readonly #patternsOf: number[][] = [];
  readonly #byHash = new Map<number, Entry[]>();
  readonly #cuttable: boolean;
  /** The literals as a cut line is searched for them. */
  readonly #searchable: readonly string[];

  /**
   * @param roots the patterns
   * @param cuttable whether a span of a line may be cut out before it is searched
   * @param enabled false leaves all patterns without literals
   */
  constructor(roots: readonly Node[], cuttable: boolean, enabled: boolean) {
    this.#cuttable = cuttable;
    const costOf = (cells: Cells): number | undefined => chooseGrams(literalOf(cells), cuttable)?.cost;
    const sets = roots.map((root) => (enabled ? requiredLiterals(root, costOf) : undefined));
    this.always = [...sets.keys()].filter((pattern) => sets[pattern] === undefined);
    this.texts = sets.map((set) => set?.map((cells) => literalOf(cells).text));
    this.exact = sets.map((set, pattern) => (set !== undefined && isExact(set) ? this.texts[pattern] : undefined));
    const known = new Map<string, number>();
    for (const [pattern, set] of sets.entries()) for (const cells of set ?? []) this.#add(cells, pattern, known);
    this.#searchable = cuttable ? this.#literals.map(searchable) : [];
  }

  #add(cells: Cells, pattern: number, known: Map<string, number>): void {
    const key = cells.join();
    let index = known.get(key);
    if (index === undefined) {
      const literal = literalOf(cells);
      index = this.#literals.push(literal) - 1;
      known.set(key, index);
      this.#patternsOf.push([]);
      for (const offset of chooseGrams(literal, this.#cuttable)?.offsets ?? []) {
        const hash = hashAt(literal.bytes, offset);
        this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), { literal: index, offset }]);
      }
    }
    const patterns = this.#patternsOf[index] as number[];
    if (patterns.at(-1) !== pattern) patterns.push(pattern);
  }

  #load(): void {
    if (loaded === this) return;
    kernel.grams.fill(0);
    for (const hash of this.#byHash.keys()) kernel.grams[hash] = 1;
    loaded = this;
  }

  /** Visits the hits in the order of their lines. The visitor may scan other bytes meanwhile. */
  eachHit(bytes: Uint8Array, visit: OnHit): void {
    if (this.#byHash.size === 0) return;
    const cutFit = this.#cuttable ? new CutFit(this.#searchable, bytes) : undefined;
    const knownUntil = new Float64Array(this.#literals.length);
    // A gram may lie across two blocks, so these overlap.
    const step = kernel.input.length - gramBytes + 1;
    for (let base = 0; base + gramBytes <= bytes.length; base += step) {
      const block = bytes.subarray(base, base + kernel.input.length);
      this.#load();
      kernel.input.set(block);
      const offsets = kernel.offsets.slice(0, kernel.findGrams(block.length));
      for (const offset of offsets) {
        const position = base + offset;
        for (const entry of this.#byHash.get(hashAt(bytes, position)) ?? []) {
          if (position < (knownUntil[entry.literal] as number)) continue;
          if (!this.#isThere(bytes, position, entry, cutFit)) continue;
          knownUntil[entry.literal] = visit(position, this.#patternsOf[entry.literal] as number[]);
        }
      }
    }
  }

  #isThere(
    bytes: Uint8Array,
    position: number,
    { literal: index, offset }: Entry,
    cutFit: CutFit | undefined,
  ): boolean {
    const literal = this.#literals[index] as Literal;
    const start = position - offset;
    for (let i = offset; i < offset + gramBytes; i++) if (!fits(literal, i, bytes[start + i])) return false;
    const { length } = literal.bytes;
    let from = offset;
    while (from > 0 && fits(literal, from - 1, bytes[start + from - 1])) from -= 1;
    let to = offset + gramBytes;
    while (to < length && fits(literal, to, bytes[start + to])) to += 1;
    if (from === 0 && to === length) return true;
    return cutFit?.mayFit(index, start, from, to) ?? false;
  }
}

const isExact = (set: readonly Cells[]): boolean =>
  set.length <= maxExact && set.every((cells) => cells.every((cell) => cell < eitherCase));

function hashAt(bytes: Uint8Array, at: number): number {
  const gram = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
  return kernel.hashOf(gram | foldMask);
}
