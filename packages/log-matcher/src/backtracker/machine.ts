import { previousPosition } from '../chars/surrogates.ts';
import { assertionHolds } from './assertion-holds.ts';
import { behindReference, type ReferenceCase } from './back-reference.ts';
import { acceptedLength, type CharTest, charTestOf } from './char-tests.ts';
import { FailureMemory } from './failure-memory.ts';
import { Frame, FrameStack, frameSize } from './frames.ts';
import { assertions, instructionSize, Op, type Program } from './program.ts';

/** The machine's answer when its budget of steps is used up. */
export const outOfSteps = 'out of steps';

// One machine runs at a time and none keeps anything, so all share their working memory.
const stack = new FrameStack();
const memory = new FailureMemory();

/** Runs a program over one subject at a time. */
export class Machine {
  readonly #program: Program;
  readonly #tests: readonly CharTest[];
  readonly #registers: Int32Array;
  #subject = '';
  #remembers = false;
  #steps = 0;

  constructor(program: Program) {
    this.#program = program;
    this.#tests = program.sets.map(charTestOf);
    this.#registers = new Int32Array(program.registerCount);
  }

  /** Takes a subject and a budget of steps for all attempts on it. */
  begin(subject: string, maxSteps: number): void {
    this.#subject = subject;
    this.#steps = maxSteps;
    this.#remembers = memory.begin(this.#program.memoCount, subject.length);
  }

  /** What is left of the budget. */
  get stepsLeft(): number {
    return Math.max(0, this.#steps);
  }

  /** Offsets of all groups (-1, -1 for one that did not take part) of a match that begins at `start`. */
  matchAt(start: number): Int32Array | undefined | typeof outOfSteps {
    const registers = this.#registers.fill(-1);
    stack.reset();
    const end = this.#run(start);
    if (end < -1) return outOfSteps;
    if (end === -1) return undefined;
    const offsets = registers.slice(0, 2 * this.#program.groupCount);
    offsets[0] = start;
    offsets[1] = end;
    return offsets;
  }

  #set(register: number, value: number): void {
    stack.push(Frame.undo, register, this.#registers[register] as number, 0);
    this.#registers[register] = value;
  }

  /** Position `count` characters before `position`, or -1. */
  #back(position: number, count: number): number {
    let at = position;
    for (let i = 0; i < count; i++) {
      if (at === 0) return -1;
      at = previousPosition(this.#subject, at);
    }
    return at;
  }

  /** Takes up to `max` characters of a set; the position behind them. */
  #takeWhile(test: CharTest, position: number, max: number): number {
    let at = position;
    for (let count = 0; count < max; count++) {
      const length = acceptedLength(test, this.#subject, at);
      if (length === 0) break;
      at += length;
    }
    return at;
  }

  /** Takes exactly `count` characters of a set; the position behind them, or -1. */
  #takeExactly(test: CharTest, position: number, count: number): number {
    let at = position;
    for (let i = 0; i < count; i++) {
      const length = acceptedLength(test, this.#subject, at);
      if (length === 0) return -1;
      at += length;
    }
    return at;
  }

  /** End of the match, -1 when there is none, -2 when steps ran out. */
  #run(start: number): number {
    const { code, memoOf, counts, semantics } = this.#program;
    const registers = this.#registers;
    const subject = this.#subject;
    let pc = 0;
    let at = start;
    for (;;) {
      this.#steps -= 1;
      if (this.#steps < 0) return -2;
      let failed = false;
      const point = memoOf[pc] as number;
      if (point !== -1 && this.#remembers && memory.mark(point, at)) {
        failed = true;
      } else {
        const base = pc * instructionSize;
        const a = code[base + 1] as number;
        const b = code[base + 2] as number;
        pc += 1;
        switch (code[base]) {
          case Op.match:
            return at;
          case Op.char: {
            const length = acceptedLength(this.#tests[a] as CharTest, subject, at);
            failed = length === 0;
            at += length;
            break;
          }
          case Op.split:
            stack.push(Frame.choice, b, at, 0);
            pc = a;
            break;
          case Op.jump:
            pc = a;
            break;
          case Op.save:
            this.#set(a, at);
            break;
          case Op.assert:
            failed = !assertionHolds(assertions[a] as (typeof assertions)[number], subject, at, b === 1, semantics);
            break;
          case Op.setLoop: {
            const test = this.#tests[a] as CharTest;
            const least = this.#takeExactly(test, at, b);
            failed = least === -1;
            if (failed) break;
            const most = this.#takeWhile(test, least, (code[base + 3] as number) - b);
            this.#steps -= most - at;
            if (most > least) stack.push(Frame.shrink, pc, most, least);
            at = most;
            break;
          }
          case Op.lazySetLoop: {
            const least = this.#takeExactly(this.#tests[a] as CharTest, at, b);
            failed = least === -1;
            if (failed) break;
            this.#steps -= least - at;
            if ((code[base + 3] as number) > b) stack.push(Frame.grow, pc - 1, least, (code[base + 3] as number) - b);
            at = least;
            break;
          }
          case Op.loopEnter:
            this.#set(a, 0);
            this.#set(a + 1, -1);
            break;
          case Op.loopGreedy: {
            const count = registers[a] as number;
            failed = this.#isNoIteration(count, counts[code[base + 3] as number]?.min as number, a, at);
            if (failed) break;
            const { min, max } = counts[code[base + 3] as number] as { min: number; max: number };
            if (count < min) {
              this.#set(a, count + 1);
            } else if (count < max && registers[a + 1] !== at) {
              stack.push(Frame.choice, b, at, 0);
              this.#set(a, count + 1);
              this.#set(a + 1, at);
            } else {
              pc = b;
            }
            break;
          }
          case Op.loopLazy: {
            const count = registers[a] as number;
            const { min } = counts[code[base + 3] as number] as { min: number };
            failed = this.#isNoIteration(count, min, a, at);
            if (failed) break;
            if (count < min) {
              this.#set(a, count + 1);
            } else {
              stack.push(Frame.again, pc - 1, at, 0);
              pc = b;
            }
            break;
          }
          case Op.enter: {
            const from = this.#back(at, b);
            failed = from === -1;
            if (failed) break;
            this.#set(a + 1, at);
            this.#set(a, stack.height + frameSize);
            at = from;
            break;
          }
          case Op.leave:
            this.#steps -= stack.cut(registers[a] as number);
            if (b === 1) at = registers[a + 1] as number;
            break;
          case Op.enterNegated: {
            const from = this.#back(at, b);
            if (from === -1) {
              pc = code[base + 3] as number;
              break;
            }
            this.#set(a, stack.height + frameSize);
            stack.push(Frame.choice, code[base + 3] as number, at, 0);
            at = from;
            break;
          }
          case Op.leaveNegated:
            this.#unwind(registers[a] as number);
            failed = true;
            break;
          case Op.backReference: {
            const from = registers[2 * a] as number;
            const to = registers[2 * a + 1] as number;
            const unset = semantics === 'javascript' ? at : -1;
            const behind = from < 0 || to < from ? unset : behindReference(subject, at, from, to, b as ReferenceCase);
            failed = behind === -1;
            this.#steps -= Math.max(0, to - from);
            at = behind;
            break;
          }
          case Op.clear:
            for (let register = a; register <= b; register++) this.#set(register, -1);
            break;
          case Op.condition: {
            const from = registers[2 * a] as number;
            const to = registers[2 * a + 1] as number;
            if (from < 0 || to < from) pc = b;
            break;
          }
        }
      }
      if (!failed) continue;
      if (!this.#backtrack()) return -1;
      pc = this.#pc;
      at = this.#at;
    }
  }

  #pc = 0;
  #at = 0;

  /** Whether the iteration of a loop that ends here is none in JavaScript: beyond the minimum, and empty. */
  #isNoIteration(count: number, min: number, register: number, at: number): boolean {
    const isOptional = count > min && this.#program.semantics === 'javascript';
    return isOptional && this.#registers[register + 1] === at;
  }

  /** Undoes registers down to a height of the stack and drops all else above it. */
  #unwind(height: number): void {
    while (stack.height > height) {
      stack.height -= frameSize;
      const { data, height: top } = stack;
      if (data[top] === Frame.undo) this.#registers[data[top + 1] as number] = data[top + 2] as number;
    }
  }

  /** Goes to the last choice that has another way; false when there is none. */
  #backtrack(): boolean {
    while (stack.height > 0) {
      stack.height -= frameSize;
      const { data, height: top } = stack;
      const a = data[top + 1] as number;
      const b = data[top + 2] as number;
      switch (data[top]) {
        case Frame.undo:
          this.#registers[a] = b;
          continue;
        case Frame.choice:
          this.#pc = a;
          this.#at = b;
          return true;
        case Frame.shrink: {
          const shorter = previousPosition(this.#subject, b);
          const least = data[top + 3] as number;
          if (shorter > least) stack.push(Frame.shrink, a, shorter, least);
          this.#pc = a;
          this.#at = shorter;
          return true;
        }
        case Frame.grow:
          if (!this.#growLazily(a, b, data[top + 3] as number)) continue;
          return true;
        case Frame.again:
          if (!this.#iterateLazily(a, b)) continue;
          return true;
      }
    }
    return false;
  }

  #growLazily(loop: number, position: number, more: number): boolean {
    const set = this.#program.code[loop * instructionSize + 1] as number;
    const length = acceptedLength(this.#tests[set] as CharTest, this.#subject, position);
    if (length === 0) return false;
    if (more > 1) stack.push(Frame.grow, loop, position + length, more - 1);
    this.#pc = loop + 1;
    this.#at = position + length;
    return true;
  }

  #iterateLazily(loop: number, position: number): boolean {
    const base = loop * instructionSize;
    const register = this.#program.code[base + 1] as number;
    const count = this.#registers[register] as number;
    const { max } = this.#program.counts[this.#program.code[base + 3] as number] as { max: number };
    if (count >= max || this.#registers[register + 1] === position) return false;
    this.#set(register, count + 1);
    this.#set(register + 1, position);
    this.#pc = loop + 1;
    this.#at = position;
    return true;
  }
}
