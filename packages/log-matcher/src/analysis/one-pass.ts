import type { CharSet } from '../chars/char-set.ts';
import { type Node, type RepeatNode, someNode } from '../python-regex/ast.ts';
import { asciiBits, overlapBeyondAscii } from './char-overlap.ts';
import { addFirstSets } from './first-sets.ts';

/** Most comparisons of places, and most parts once counts are written out: beyond that the answer is no. */
const maxComparisons = 20_000;
const maxParts = 20_000;

/** Places of a part of a pattern where a match of it can begin and end. */
interface Part {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}

const noChar: CharSet = { negated: false, ranges: [], classes: [] };
const nothing: Part = { first: [], last: [], nullable: true };

/** Thrown once two ways to go on are found. */
const severalWays: unique symbol = Symbol('several ways');

/** The places of a pattern, each one character of it, and what each lets follow. */
class Places {
  readonly #sets: CharSet[] = [];
  /** Four words per place: the ASCII characters that can follow it. */
  readonly #following: number[] = [];
  /** Per place the sets with characters beyond ASCII that can follow it. */
  readonly #beyond: (CharSet[] | undefined)[] = [];
  #comparisonsLeft = maxComparisons;
  #partsLeft = maxParts;

  add(set: CharSet): number {
    this.#following.push(0, 0, 0, 0);
    return this.#sets.push(set) - 1;
  }

  /** Lets each of `places` be followed by each of `next`. */
  connect(places: readonly number[], next: readonly number[]): void {
    this.#comparisonsLeft -= places.length * next.length;
    if (this.#comparisonsLeft < 0) throw severalWays;
    for (const place of places) for (const follower of next) this.#follow(place, this.#sets[follower] as CharSet);
  }

  #follow(place: number, set: CharSet): void {
    const { bits, beyond } = asciiBits(set);
    for (let word = 0; word < 4; word++) {
      const known = this.#following[4 * place + word] as number;
      if ((known & (bits[word] as number)) !== 0) throw severalWays;
      this.#following[4 * place + word] = known | (bits[word] as number);
    }
    if (!beyond) return;
    const others = this.#beyond[place] ?? [];
    this.#comparisonsLeft -= others.length;
    if (this.#comparisonsLeft < 0) throw severalWays;
    if (others.some((other) => overlapBeyondAscii(other, set))) throw severalWays;
    others.push(set);
    this.#beyond[place] = others;
  }

  /** Parts behind each other. Made one by one, since most patterns turn out not to be one-pass soon. */
  row<T>(items: readonly T[], partOf: (item: T) => Part): Part {
    let { first, last, nullable }: Part = nothing;
    for (const item of items) {
      const part = partOf(item);
      this.connect(last, part.first);
      if (nullable && part.first.length > 0) first = first.length === 0 ? part.first : [...first, ...part.first];
      last = part.nullable && last.length > 0 ? [...last, ...part.last] : part.last;
      nullable &&= part.nullable;
    }
    return { first, last, nullable };
  }

  #rowOf(...parts: readonly Part[]): Part {
    return this.row(parts, (part) => part);
  }

  choice(branches: readonly Node[]): Part {
    // Whatever stands before leads to the first places of all. They are compared before anything is written out.
    const before = this.add(noChar);
    const sets: CharSet[] = [];
    for (const branch of branches) addFirstSets(branch, sets);
    for (const set of sets) this.#follow(before, set);
    const parts = branches.map((branch) => this.part(branch));
    const nullable = parts.filter((part) => part.nullable).length;
    if (nullable > 1) throw severalWays;
    return {
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      nullable: nullable === 1,
    };
  }

  #copies({ body }: RepeatNode, count: number): Part[] {
    return Array.from({ length: Math.min(count, maxParts) }, () => this.part(body));
  }

  repeat(node: RepeatNode): Part {
    const { body, min, max } = node;
    if (max === 0) return nothing;
    if (max === Number.POSITIVE_INFINITY) {
      const head = this.#rowOf(...this.#copies(node, min - 1));
      const loop = this.part(body);
      if (loop.nullable) throw severalWays;
      this.connect(loop.last, loop.first);
      return this.#rowOf(head, min === 0 ? { ...loop, nullable: true } : loop);
    }
    if (max > maxParts) throw severalWays;
    const optional = this.#copies(node, max - min);
    if (optional.some(({ nullable }) => nullable)) throw severalWays;
    // Each copy stands behind all before it, so it is skipped only together with those behind it.
    const tail = optional.reduceRight((rest, part) => ({ ...this.#rowOf(part, rest), nullable: true }), nothing);
    return this.#rowOf(...this.#copies(node, min), tail);
  }

  part(node: Node): Part {
    this.#partsLeft -= 1;
    if (this.#partsLeft < 0) throw severalWays;
    switch (node.type) {
      case 'char': {
        const place = [this.add(node.set)];
        return { first: place, last: place, nullable: false };
      }
      case 'sequence':
        return this.row(node.items, (item) => this.part(item));
      case 'choice':
        return this.choice(node.branches);
      case 'conditional':
        return this.choice([node.yes, node.no]);
      case 'repeat':
        return this.repeat(node);
      case 'group':
      case 'atomic':
        return this.part(node.body);
      case 'assertion':
        return nothing;
      case 'look':
        if (someNode(node.body, ({ type }) => type === 'group')) throw severalWays;
        return nothing;
      case 'back-reference':
        throw severalWays;
    }
  }
}

/**
 * Whether a match that begins at a given place is one-pass: after each character at most one thread can go on, so that
 * groups can be followed without a list of threads. (It may have reached the end of a match besides; which counts is a
 * matter of priority.)
 *
 * Decided on the places of Glushkov's automaton ("The abstract theory of automata", 1961; Brüggemann-Klein and Wood,
 * "One-unambiguous regular languages", 1998), counted repetitions written out: no two places that can follow one place
 * may share a character, and no two ways may lead to the same one. Assertions and look-arounds are taken to hold, so the
 * answer may be no where they exclude each other. It is no, too, where a look-around sets a group, for back-references,
 * and for patterns that are very large.
 */
export function isOnePass(root: Node): boolean {
  const places = new Places();
  try {
    const start = places.add(noChar);
    places.connect([start], places.part(root).first);
    return true;
  } catch (error) {
    if (error === severalWays) return false;
    throw error;
  }
}
