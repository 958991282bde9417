import type { EngineMemory } from '../engine/engine-memory.ts';
import { Op, type Program } from '../program/program.ts';

/** What `assembly/verify/walk.ts` executes: four words each, the operation first; x, y, z are its operands. */
export const WalkOp = { char: 0, split: 1, capture: 2, look: 3, clear: 4, match: 5, loop: 6 } as const;

const instructionBytes = 16;

/** Marks the instructions from which a capture of a wanted slot can still be reached. */
function leadsToCapture({ op, a, b, c }: Program, isWanted: (slot: number) => boolean): Uint8Array {
  const marks = new Uint8Array(op.length);
  const before: number[][] = Array.from(op, () => []);
  const queue: number[] = [];
  for (let i = 0; i < op.length; i++) {
    const captures = op[i] === Op.capture && isWanted(a[i] as number);
    if (captures || (op[i] === Op.clear && anyOf(a[i] as number, c[i] as number, isWanted))) {
      marks[i] = 1;
      queue.push(i);
    }
    if (op[i] !== Op.match && op[i] !== Op.fail) before[b[i] as number]?.push(i);
    if (op[i] === Op.split || op[i] === Op.look) before[a[i] as number]?.push(i);
  }
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const source of before[at] as number[]) {
      if (marks[source] === 1) continue;
      marks[source] = 1;
      queue.push(source);
    }
  }
  return marks;
}

function anyOf(from: number, to: number, isWanted: (slot: number) => boolean): boolean {
  for (let slot = from; slot <= to; slot++) if (isWanted(slot)) return true;
  return false;
}

/** Whether one way of a split takes a character and comes back to it. */
const isLoop = ({ op, b }: Program, split: number, way: number): boolean => op[way] === Op.char && b[way] === split;

/** Length of the row of characters that begins with an instruction, and where that leads. */
function charRun({ op, b }: Program, at: number): readonly [count: number, next: number] {
  let count = 1;
  let next = b[at] as number;
  while (op[next] === Op.char && count < 0xffff && next !== at) {
    count += 1;
    next = b[next] as number;
  }
  return [count, next];
}

/**
 * Writes what a walk from the start of a match does, so that it meets each group as Python does.
 *
 * @param splitOf number of each split
 * @param isWanted whether a slot has to be known; the walk may end when all of these are
 * @returns address of the first instruction
 */
export function writeWalk(
  program: Program,
  splitOf: Int32Array,
  isWanted: (slot: number) => boolean,
  memory: EngineMemory,
): number {
  const { op, a, b, c, start } = program;
  const base = memory.alloc(op.length * instructionBytes);
  const captures = leadsToCapture(program, () => true);
  const wanted = leadsToCapture(program, isWanted);
  const addressOf = (at: number): number => base + at * instructionBytes;
  // What asserts is settled before the walk: it goes past it.
  const beyond = (at: number): number => {
    let target = at;
    for (;;) {
      const passes =
        op[target] === Op.assert ||
        op[target] === Op.behind ||
        (op[target] === Op.look && (c[target] === 1 || captures[a[target] as number] === 0));
      if (!passes) return target;
      target = b[target] as number;
    }
  };
  const { u32 } = memory;
  for (let i = 0; i < op.length; i++) {
    let [code, x, y, z]: number[] = [WalkOp.match, 0, 0, 0];
    if (op[i] === Op.char) {
      const [count, next] = charRun(program, i);
      [code, x, y] = [WalkOp.char, addressOf(beyond(next)), count];
    } else if (op[i] === Op.split && isLoop(program, i, a[i] as number)) {
      [code, x, y, z] = [WalkOp.loop, addressOf(beyond(b[i] as number)), 1, splitOf[i]];
    } else if (op[i] === Op.split && isLoop(program, i, b[i] as number)) {
      [code, x, y, z] = [WalkOp.loop, addressOf(beyond(a[i] as number)), 0, splitOf[i]];
    } else if (op[i] === Op.split) {
      [code, x, y, z] = [
        WalkOp.split,
        addressOf(beyond(a[i] as number)),
        addressOf(beyond(b[i] as number)),
        splitOf[i],
      ];
    } else if (op[i] === Op.capture) {
      const isLast = wanted[b[i] as number] === 0 ? 1 : 0;
      [code, x, y, z] = [WalkOp.capture, addressOf(beyond(b[i] as number)), a[i], isLast];
    } else if (op[i] === Op.clear) {
      [code, x, y, z] = [WalkOp.clear, addressOf(beyond(b[i] as number)), a[i], c[i]];
    } else if (op[i] === Op.look) {
      [code, x, y] = [WalkOp.look, addressOf(beyond(b[i] as number)), addressOf(beyond(a[i] as number))];
    }
    u32.set([code as number, x as number, y as number, z as number], addressOf(i) >>> 2);
  }
  return addressOf(beyond(start));
}
