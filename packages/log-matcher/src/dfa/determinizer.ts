import { assertionKinds, Op, type Program } from '../program/program.ts';
import type { Ahead, Step, Steps } from './steps.ts';
import type { UnitClass } from './unit-classes.ts';

/** What is to the right of a position, as far as assertions ask. */
export const Right = { end: 1, finalBreak: 2, newline: 4, word: 8, asciiWord: 16, empty: 32 } as const;

const kind = Object.fromEntries(assertionKinds.map((name, index) => [name, index])) as Record<
  (typeof assertionKinds)[number],
  number
>;

/**
 * Runs a program backwards over a subject, all threads at once. `Ahead.chars` are the instructions that could take the
 * character to the right and then match; `Ahead.right` is what is to the right.
 *
 * From right to left it is known at each position which instructions can reach the end of the pattern over the rest of the
 * subject. So a look-ahead is a plain fact at its position, and who walks forward later knows of each choice which way
 * leads on. An instruction's fact depends on facts of smaller numbers only (see {@link Program}): one pass settles all.
 */
export class Determinizer implements Steps {
  /** Instructions whose work one step is. */
  readonly size: number;
  readonly splitCount: number;
  /** For each instruction that is a split its number among these. */
  readonly splitOf: Int32Array;
  readonly #program: Program;
  readonly #chars: Int32Array;
  /** For each split where its first way leads. */
  readonly #firstWays: Int32Array;
  readonly #holds: Uint8Array;
  readonly #usesEnd: boolean;

  constructor(program: Program) {
    this.#program = program;
    const { op, a } = program;
    this.size = op.length;
    this.#holds = new Uint8Array(op.length);
    this.splitOf = new Int32Array(op.length).fill(-1);
    const chars: number[] = [];
    const firstWays: number[] = [];
    for (let i = 0; i < op.length; i++) {
      if (op[i] === Op.char) chars.push(i);
      else if (op[i] === Op.split) this.splitOf[i] = firstWays.push(a[i] as number) - 1;
    }
    this.#chars = Int32Array.from(chars);
    this.#firstWays = Int32Array.from(firstWays);
    this.splitCount = firstWays.length;
    this.#usesEnd = op.includes(Op.assert);
  }

  /** What is known at the end of a subject. */
  first(isEmpty: boolean): Ahead {
    const right = this.#usesEnd ? Right.end | (isEmpty ? Right.empty : 0) : 0;
    return { chars: new Uint32Array(Math.ceil(this.#chars.length / 32)), right };
  }

  /** @param left class of the character to the left; undefined at the beginning of the subject */
  step(ahead: Ahead, left: UnitClass | undefined): Step {
    this.#settle(ahead, left);
    const holds = this.#holds;
    const decisions = new Uint32Array(Math.ceil(this.splitCount / 32));
    const firstWays = this.#firstWays;
    for (let split = 0; split < firstWays.length; split++) {
      if (holds[firstWays[split] as number] === 1) (decisions[split >>> 5] as number) |= 1 << (split & 31);
    }
    return {
      decisions,
      starts: holds[this.#program.start] === 1,
      next: left === undefined ? undefined : this.#before(ahead, left),
    };
  }

  /** Works out for each instruction whether the pattern's end can be reached from it here. */
  #settle({ chars, right }: Ahead, left: UnitClass | undefined): void {
    const { op, a, b, c } = this.#program;
    const holds = this.#holds;
    let char = 0;
    for (let i = 0; i < op.length; i++) {
      const next = b[i] as number;
      switch (op[i]) {
        case Op.char:
          holds[i] = ((chars[char >>> 5] as number) >>> (char & 31)) & 1;
          char += 1;
          break;
        case Op.split:
          holds[i] = (holds[a[i] as number] as number) | (holds[next] as number);
          break;
        case Op.capture:
        case Op.clear:
          holds[i] = holds[next] as number;
          break;
        case Op.assert:
          holds[i] = holds[next] === 1 && this.#asserted(a[i] as number, c[i] === 1, right, left) ? 1 : 0;
          break;
        case Op.behind: {
          const inside = left !== undefined && left.sets[a[i] as number] === 1;
          holds[i] = inside === (c[i] === 0) ? (holds[next] as number) : 0;
          break;
        }
        case Op.look:
          holds[i] = holds[a[i] as number] === c[i] ? 0 : (holds[next] as number);
          break;
        case Op.match:
          holds[i] = 1;
          break;
        default:
          holds[i] = 0;
      }
    }
  }

  #asserted(which: number, ascii: boolean, right: number, left: UnitClass | undefined): boolean {
    switch (which) {
      case kind['text-start']:
        return left === undefined;
      case kind['text-end']:
        return (right & Right.end) !== 0;
      case kind.end:
        return (right & (Right.end | Right.finalBreak)) !== 0;
      case kind['line-start']:
        return left === undefined || left.newline;
      case kind['line-end']:
        return (right & (Right.end | Right.newline)) !== 0;
      default: {
        // Python finds no boundary in an empty subject, and no absence of one either.
        if ((right & Right.empty) !== 0 && this.#program.semantics === 'python') return false;
        const before = left !== undefined && (ascii ? left.asciiWord : left.word);
        const behind = (right & (ascii ? Right.asciiWord : Right.word)) !== 0;
        return (before !== behind) === (which === kind.boundary);
      }
    }
  }

  #before(ahead: Ahead, left: UnitClass): Ahead {
    const { a, b } = this.#program;
    const chars = new Uint32Array(ahead.chars.length);
    for (let i = 0; i < this.#chars.length; i++) {
      const at = this.#chars[i] as number;
      if (left.sets[a[at] as number] === 1 && this.#holds[b[at] as number] === 1) {
        (chars[i >>> 5] as number) |= 1 << (i & 31);
      }
    }
    let right = 0;
    if (left.newline) {
      right |= Right.newline;
      if ((ahead.right & Right.end) !== 0) right |= Right.finalBreak;
    }
    if (left.word) right |= Right.word;
    if (left.asciiWord) right |= Right.asciiWord;
    return { chars, right };
  }
}
