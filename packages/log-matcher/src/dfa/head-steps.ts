import { assertionKinds, Op, type Program } from '../program/program.ts';
import type { Ahead, Step, Steps } from './steps.ts';
import type { UnitClass } from './unit-classes.ts';

const textStart = assertionKinds.indexOf('text-start');
const none = new Uint32Array(0);

/**
 * Runs a pattern that begins where the subject begins forward over the subject, as long as it may match. Assertions are
 * taken to hold: it may go on where the pattern cannot, and never stops where it can.
 *
 * `Ahead.chars` are the instructions that wait for a character; `Step.starts` says that the pattern may have matched.
 */
export class HeadSteps implements Steps {
  readonly size: number;
  readonly #program: Program;
  readonly #chars: Int32Array;
  readonly #reached: Uint8Array;

  constructor(program: Program) {
    this.#program = program;
    this.size = program.op.length;
    this.#chars = Int32Array.from([...program.op.keys()].filter((at) => program.op[at] === Op.char));
    this.#reached = new Uint8Array(program.op.length);
  }

  /** Whether the pattern may match nothing: then no character can refuse it. */
  get matchesNothing(): boolean {
    this.#reached.fill(0);
    this.#reached[this.#program.start] = 1;
    return this.#spread(true);
  }

  /** What waits for the first character. */
  first(): Ahead {
    this.#reached.fill(0);
    this.#reached[this.#program.start] = 1;
    this.#spread(true);
    return { chars: this.#waiting(), right: 0 };
  }

  step({ chars }: Ahead, unit: UnitClass | undefined): Step {
    const { a, b } = this.#program;
    this.#reached.fill(0);
    for (let i = 0; i < this.#chars.length; i++) {
      const at = this.#chars[i] as number;
      const waits = ((chars[i >>> 5] as number) >>> (i & 31)) & 1;
      if (waits === 1 && unit?.sets[a[at] as number] === 1) this.#reached[b[at] as number] = 1;
    }
    const starts = this.#spread(false);
    return { decisions: none, starts, next: { chars: this.#waiting(), right: 0 } };
  }

  /** Goes on from what is reached without a character; whether the end is reached. */
  #spread(atStart: boolean): boolean {
    const { op, a, b } = this.#program;
    const reached = this.#reached;
    let isEnd = false;
    // What takes no character leads to smaller numbers only.
    for (let i = op.length - 1; i >= 0; i--) {
      if (reached[i] !== 1) continue;
      if (op[i] === Op.match) isEnd = true;
      if (op[i] === Op.match || op[i] === Op.fail || op[i] === Op.char) continue;
      if (op[i] === Op.assert && a[i] === textStart && !atStart) continue;
      if (op[i] === Op.split) reached[a[i] as number] = 1;
      reached[b[i] as number] = 1;
    }
    return isEnd;
  }

  #waiting(): Uint32Array {
    const chars = new Uint32Array(Math.ceil(this.#chars.length / 32));
    for (let i = 0; i < this.#chars.length; i++) {
      if (this.#reached[this.#chars[i] as number] === 1) (chars[i >>> 5] as number) |= 1 << (i & 31);
    }
    return chars;
  }
}
