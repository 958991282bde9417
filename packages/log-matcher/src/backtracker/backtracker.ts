import { isInsidePair } from '../chars/surrogates.ts';
import { type Engine, type Found, gaveUp } from '../engine.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';
import { firstChars, isAnchored } from '../python-regex/starts.ts';
import { assemble } from './assemble.ts';
import { Machine, outOfSteps } from './machine.ts';

const beyondAscii = 128;

class OffsetsFound implements Found {
  readonly #text: string;
  readonly #offsets: Int32Array;

  constructor(text: string, offsets: Int32Array) {
    this.#text = text;
    this.#offsets = offsets;
  }

  get start(): number {
    return this.#offsets[0] as number;
  }

  get end(): number {
    return this.#offsets[1] as number;
  }

  offsets(): Int32Array {
    return this.#offsets;
  }

  text(group: number): string | undefined {
    const start = this.#offsets[2 * group] as number;
    return start === -1 ? undefined : this.#text.slice(start, this.#offsets[2 * group + 1]);
  }
}

/** The engine of our own: everything Python's `re` can do, within a budget of steps per text. */
export class Backtracker implements Engine {
  readonly name = 'backtracker';
  readonly #machine: Machine;
  readonly #maxSteps: number;
  readonly #first: Uint8Array | undefined;
  readonly #anchored: boolean;

  /** @param maxSteps budget for one text */
  constructor({ root, groupCount }: ParsedPattern, maxSteps: number) {
    this.#machine = new Machine(assemble(root, groupCount));
    this.#maxSteps = maxSteps;
    this.#first = firstChars(root);
    this.#anchored = isAnchored(root);
  }

  search(text: string): Found | undefined | typeof gaveUp {
    this.#machine.begin(text, this.#maxSteps);
    const last = this.#anchored ? 0 : text.length;
    for (let start = 0; start <= last; start++) {
      const unit = text.charCodeAt(start);
      if (this.#first !== undefined && (start === text.length || this.#first[Math.min(unit, beyondAscii)] === 0)) {
        continue;
      }
      if (isInsidePair(text, start)) continue;
      const offsets = this.#machine.matchAt(start);
      if (offsets === outOfSteps) return gaveUp;
      if (offsets !== undefined) return new OffsetsFound(text, offsets);
    }
    return undefined;
  }
}
