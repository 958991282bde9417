import type { CharSet } from '../chars/char-set.ts';
import { Op } from './program.ts';

/** Index of the instruction that leads nowhere. */
export const failure = 0;

/** Instructions as they are written, the last of a pattern first. */
export class InstructionList {
  readonly op: number[] = [Op.fail];
  readonly a: number[] = [0];
  readonly b: number[] = [0];
  readonly c: number[] = [0];
  readonly sets: CharSet[] = [];
  readonly #setIndex = new Map<CharSet, number>();

  emit(op: number, a: number, b: number, c = 0): number {
    this.op.push(op);
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    return this.op.length - 1;
  }

  /** An instruction that is needed before it is known where it leads: {@link join} says so later. */
  reserve(): number {
    return this.emit(Op.fail, 0, 0);
  }

  /** Two ways to go on, the first with priority. */
  split(first: number, second: number): number {
    if (first === failure) return second;
    return second === failure || first === second ? first : this.emit(Op.split, first, second);
  }

  /** Makes a reserved instruction a choice of two ways. */
  join(at: number, first: number, second: number): void {
    this.op[at] = Op.split;
    this.a[at] = first;
    this.b[at] = second;
  }

  /** An instruction that goes on at `next`; nothing where that leads nowhere. */
  before(op: number, a: number, next: number, c = 0): number {
    return next === failure ? failure : this.emit(op, a, next, c);
  }

  indexOf(set: CharSet): number {
    let index = this.#setIndex.get(set);
    if (index === undefined) {
      index = this.sets.push(set) - 1;
      this.#setIndex.set(set, index);
    }
    return index;
  }
}
