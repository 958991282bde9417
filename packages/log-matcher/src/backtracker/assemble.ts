import type { CharSet } from '../chars/char-set.ts';
import { groupNodes, needsProgress } from '../program/environment.ts';
import type { Node, ParsedPattern, RepeatNode, Semantics } from '../python-regex/ast.ts';
import type { ReferenceCase } from './back-reference.ts';
import { memoPoints, statefulAt } from './liveness.ts';
import { assertions, instructionSize, Op, type Program } from './program.ts';

/** Most instructions that a counted repetition is written out to; a longer one counts at run time. */
const maxUnrolled = 512;

const maxInt = 0x7fffffff;

class Assembler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly counts: { min: number; max: number }[] = [];
  readonly #whole: ReadonlySet<RepeatNode>;
  readonly #semantics: Semantics;
  /** Where each repetition of one character begins, once per copy of it. */
  readonly charLoops: { readonly node: RepeatNode; readonly at: number }[] = [];
  registers: number;

  constructor(groupCount: number, whole: ReadonlySet<RepeatNode>, semantics: Semantics) {
    this.#semantics = semantics;
    this.registers = 2 * groupCount;
    this.#whole = whole;
  }

  get here(): number {
    return this.code.length / instructionSize;
  }

  emit(op: number, a = 0, b = 0, c = 0): number {
    this.code.push(op, a, b, c);
    return this.here - 1;
  }

  #patch(at: number, operand: 1 | 2 | 3, value: number): void {
    this.code[at * instructionSize + operand] = value;
  }

  #newRegisters(): number {
    this.registers += 2;
    return this.registers - 2;
  }

  #setIndex(set: CharSet): number {
    return this.sets.push(set) - 1;
  }

  node(node: Node): void {
    switch (node.type) {
      case 'char':
        this.emit(Op.char, this.#setIndex(node.set));
        return;
      case 'sequence':
        for (const item of node.items) this.node(item);
        return;
      case 'choice':
        this.#choice(node.branches);
        return;
      case 'group':
        this.emit(Op.save, 2 * node.index);
        this.node(node.body);
        this.emit(Op.save, 2 * node.index + 1);
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'assertion':
        this.emit(Op.assert, assertions.indexOf(node.kind), node.ascii ? 1 : 0);
        return;
      case 'look':
        if (node.negated) this.#negated(node.body, node.width);
        else this.#once(node.body, node.width, true);
        return;
      case 'atomic':
        this.#once(node.body, 0, false);
        return;
      case 'back-reference':
        this.emit(Op.backReference, node.group, node.ignoreCase ? this.#caseOf(node.ascii) : 0);
        return;
      case 'conditional': {
        const condition = this.emit(Op.condition, node.group);
        this.node(node.yes);
        const jump = this.emit(Op.jump);
        this.#patch(condition, 2, this.here);
        this.node(node.no);
        this.#patch(jump, 1, this.here);
      }
    }
  }

  #caseOf(ascii: boolean): ReferenceCase {
    if (this.#semantics === 'javascript') return 3;
    return ascii ? 2 : 1;
  }

  #choice(branches: readonly Node[]): void {
    const jumps: number[] = [];
    for (const [index, branch] of branches.entries()) {
      if (index === branches.length - 1) {
        this.node(branch);
        break;
      }
      const split = this.emit(Op.split, this.here + 1);
      this.node(branch);
      jumps.push(this.emit(Op.jump));
      this.#patch(split, 2, this.here);
    }
    for (const jump of jumps) this.#patch(jump, 1, this.here);
  }

  /** Matches a body in one way only. A look-around then goes back to where it began. */
  #once(body: Node, back: number, look: boolean): void {
    const register = this.#newRegisters();
    this.emit(Op.enter, register, back);
    this.node(body);
    this.emit(Op.leave, register, look ? 1 : 0);
  }

  #negated(body: Node, back: number): void {
    const register = this.#newRegisters();
    const enter = this.emit(Op.enterNegated, register, back);
    this.node(body);
    this.emit(Op.leaveNegated, register);
    this.#patch(enter, 3, this.here);
  }

  #repeat(node: RepeatNode): void {
    const { body, min, max, mode } = node;
    if (mode === 'possessive') {
      // Python matches every iteration once and for all, and then their row.
      const { start, end } = node;
      const once: Node = { type: 'atomic', body, start, end };
      this.#once({ ...node, body: once, mode: 'greedy' }, 0, false);
      return;
    }
    if (body.type === 'char') {
      this.charLoops.push({ node, at: this.here });
      if (this.#whole.has(node)) {
        const op = mode === 'lazy' ? Op.lazySetLoop : Op.setLoop;
        this.emit(op, this.#setIndex(body.set), Math.min(min, maxInt), Math.min(max, maxInt));
        return;
      }
    }
    if (max === 0) return;
    if (!this.#unroll(node)) this.#countedLoop(node);
  }

  /** Writes a loop without registers; false, and nothing written, when that would be wrong or too long. */
  #unroll(node: RepeatNode): boolean {
    const { body, min, max, mode } = node;
    const lazy = mode === 'lazy';
    // That takes a register to know.
    if (needsProgress(node, this.#semantics)) return false;
    const copies = max === Number.POSITIVE_INFINITY ? Math.max(min, 1) : max;
    if (copies > 1 && copies * sizeOf(body) > maxUnrolled) return false;
    for (let i = 0; i < min; i++) this.#iteration(body);
    if (max === Number.POSITIVE_INFINITY) {
      const split = this.#split(lazy);
      this.#iteration(body);
      this.emit(Op.jump, split);
      this.#leaveAt(split, lazy);
    } else {
      const splits: number[] = [];
      for (let i = min; i < max; i++) {
        splits.push(this.#split(lazy));
        this.#iteration(body);
      }
      for (const split of splits) this.#leaveAt(split, lazy);
    }
    return true;
  }

  #iteration(body: Node): void {
    const groups = this.#semantics === 'javascript' ? [...groupNodes(body).keys()] : [];
    if (groups.length > 0) this.emit(Op.clear, 2 * Math.min(...groups), 2 * Math.max(...groups) + 1);
    this.node(body);
  }

  /** A split of which one way leads to the next instruction and the other out of a loop. */
  #split(lazy: boolean): number {
    const next = this.here + 1;
    return lazy ? this.emit(Op.split, 0, next) : this.emit(Op.split, next, 0);
  }

  #leaveAt(split: number, lazy: boolean): void {
    this.#patch(split, lazy ? 1 : 2, this.here);
  }

  #countedLoop({ body, min, max, mode }: RepeatNode): void {
    const register = this.#newRegisters();
    this.emit(Op.loopEnter, register);
    const op = mode === 'lazy' ? Op.loopLazy : Op.loopGreedy;
    const loop = this.emit(op, register, 0, this.counts.push({ min, max }) - 1);
    this.#iteration(body);
    this.emit(Op.jump, loop);
    this.#patch(loop, 2, this.here);
  }
}

/** Instructions that a node takes, at least. Bounded, so that nested counts do not overflow. */
function sizeOf(node: Node): number {
  switch (node.type) {
    case 'sequence':
      return Math.max(1, sum(node.items));
    case 'choice':
      return sum(node.branches) + 2 * node.branches.length;
    case 'conditional':
      return sizeOf(node.yes) + sizeOf(node.no) + 2;
    case 'repeat': {
      const copies = node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max;
      return Math.min(maxUnrolled + 1, copies * sizeOf(node.body) + 2);
    }
    case 'group':
    case 'look':
    case 'atomic':
      return sizeOf(node.body) + 2;
    default:
      return 1;
  }
}

const sum = (nodes: readonly Node[]): number => nodes.reduce((size, node) => size + sizeOf(node), 0);

function assembleWith(parsed: ParsedPattern, whole: ReadonlySet<RepeatNode>): Assembler {
  const { root, groupCount, semantics } = parsed;
  const assembler = new Assembler(groupCount + 1, whole, semantics);
  assembler.node(root);
  assembler.emit(Op.match);
  return assembler;
}

/** Translates a pattern for the machine. */
export function assemble(parsed: ParsedPattern): Program {
  const first = assembleWith(parsed, new Set());
  // Where no memory of failures can be kept, a run of one character is quicker and smaller as one instruction.
  const stateful = statefulAt(Int32Array.from(first.code));
  const whole = new Set(first.charLoops.filter(({ at }) => stateful[at] === 1).map(({ node }) => node));
  const { code, sets, counts, registers } = whole.size === 0 ? first : assembleWith(parsed, whole);
  const final = Int32Array.from(code);
  return {
    semantics: parsed.semantics,
    code: final,
    sets,
    counts,
    groupCount: parsed.groupCount + 1,
    registerCount: registers,
    ...memoPoints(final),
  };
}
