import type { Automaton } from '../dfa/automaton.ts';
import type { Ahead } from '../dfa/steps.ts';
import type { Engine } from './engine.ts';

/**
 * Units of a block: each position but the first of the subject belongs to the block on its left. What one block brings to
 * light must fit into the cache, whatever it holds.
 */
export const blockUnits = 512;

const doesNotFit = 'does not fit';

/** What is known at the right end of a block. */
interface Block {
  readonly low: number;
  readonly high: number;
  readonly ahead: Ahead;
}

/**
 * Searches a subject of more positions than a pass can store.
 *
 * A first pass from right to left keeps only what is known at the ends of blocks. A walk from the start of the match then
 * has the blocks that it comes through worked out again. So the time is linear and the memory does not grow with the
 * subject, save some words for each block.
 */
export class LongSearch {
  readonly #engine: Engine;
  readonly #automaton: Automaton;
  readonly #from: number;
  readonly #units: number;
  readonly #blocks: Block[] = [];

  constructor(engine: Engine, automaton: Automaton, from: number, to: number) {
    this.#engine = engine;
    this.#automaton = automaton;
    this.#from = from;
    this.#units = to - from;
  }

  /** Whether there may be a match: it cannot be told where a gate is given up, or is larger than the cache. */
  mayMatch(): boolean {
    return this.#leftmost() !== undefined;
  }

  /** Writes the engine's slots; false when there is no match. */
  run(): boolean {
    const start = this.#leftmost();
    if (start === undefined) return false;
    if (start === doesNotFit) throw new RangeError('a block of a subject does not fit into the cache');
    const { wasm, slots } = this.#engine;
    const { walk, slotCount } = this.#automaton;
    wasm.beginWalk(walk, start, slots, slotCount);
    for (let position = start; ; position = wasm.position.value) {
      const block = this.#blockOf(position);
      this.#pass(block);
      const first = block.low === 0 ? 0 : block.low + 1;
      const known = this.#engine.positions + 4 * (first - block.low);
      if (wasm.walkOn(known, first, block.high, slots, 1) !== 0) return true;
    }
  }

  /** The leftmost position at which a match begins. */
  #leftmost(): number | undefined | typeof doesNotFit {
    const { wasm, positions } = this.#engine;
    let start: number | undefined;
    let ahead = this.#automaton.first(this.#units === 0);
    for (let high = this.#units; high > 0; high -= blockUnits) {
      const low = Math.max(0, high - blockUnits);
      const block = { low, high, ahead };
      this.#blocks.push(block);
      if (!this.#pass(block)) return doesNotFit;
      if (wasm.best.value !== 0) start = low + (wasm.best.value - positions) / 4;
      if (wasm.isDead.value !== 0) break;
      ahead = this.#automaton.aheadOf(wasm.row.value);
    }
    return start;
  }

  #blockOf(position: number): Block {
    const index = Math.floor((this.#units - position) / blockUnits);
    return this.#blocks[Math.min(index, this.#blocks.length - 1)] as Block;
  }

  /** Stores what is known at the positions of a block; false where it does not fit, which no pattern's does. */
  #pass(block: Block): boolean {
    if (this.#tryPass(block)) return true;
    this.#engine.forget();
    return this.#tryPass(block);
  }

  #tryPass({ low, high, ahead }: Block): boolean {
    const { wasm, positions } = this.#engine;
    const row = this.#automaton.rowOf(ahead);
    if (row === 0) return false;
    wasm.enterAt(row);
    const out = positions + 4 * (high - low);
    if (wasm.passBack(this.#automaton.descriptor, this.#from + low, this.#from + high, out) === 0) return false;
    return low > 0 || wasm.isDead.value !== 0 || wasm.passBegin(this.#automaton.descriptor, positions) !== 0;
  }
}
