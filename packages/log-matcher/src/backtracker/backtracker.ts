import { isInsidePair } from '../chars/surrogates.ts';
import { OffsetsFound } from '../engine/slots-found.ts';
import { type Found, gaveUp } from '../found.ts';
import type { ParsedPattern } from '../python-regex/ast.ts';
import { firstChars, isAnchored } from '../python-regex/starts.ts';
import { assemble } from './assemble.ts';
import { Machine, outOfSteps } from './machine.ts';

const beyondAscii = 128;

/** The engine of our own: everything Python's `re` can do, within a budget of steps per text. */
export class Backtracker {
  readonly #machine: Machine;
  /** Steps taken, in all. */
  steps = 0;
  readonly #maxSteps: number;
  readonly #first: Uint8Array | undefined;
  readonly #anchored: boolean;

  /** @param maxSteps budget for one text */
  constructor(parsed: ParsedPattern, maxSteps: number) {
    const { root } = parsed;
    this.#machine = new Machine(assemble(parsed));
    this.#maxSteps = maxSteps;
    this.#first = firstChars(root);
    this.#anchored = isAnchored(root);
  }

  search(text: string): Found | undefined | typeof gaveUp {
    this.#machine.begin(text, this.#maxSteps);
    try {
      return this.#searchFrom(text);
    } finally {
      this.steps += this.#maxSteps - this.#machine.stepsLeft;
    }
  }

  #searchFrom(text: string): Found | undefined | typeof gaveUp {
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
