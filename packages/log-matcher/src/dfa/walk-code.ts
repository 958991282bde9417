import type { EngineMemory } from '../engine/engine-memory.ts';
import { Op, type Program } from '../program/program.ts';

/** What `assembly/verify/walk.ts` executes: four words each, the operation first; x, y, z are its operands. */
export const WalkOp = { char: 0, split: 1, capture: 2, look: 3, clear: 4, match: 5, loop: 6 } as const;

const instructionBytes = 16;

/** Marks the instructions from which a capture of a wanted slot can still be reached. */
function leadsToCapture({ op, a, b, c }: Program, isWanted: (slot: number) => boolean): Uint8Array {
  const marks = new Uint8Array(op.length);
  // Sources by target, as lists in two arrays: newest first, and for each the one before it; a split has two.
  const newest = new Int32Array(op.length).fill(-1);
  const older = new Int32Array(2 * op.length);
  const add = (target: number, link: number): void => {
    older[link] = newest[target] as number;
    newest[target] = link;
  };
  const queue: number[] = [];
  for (let i = 0; i < op.length; i++) {
    const code = op[i];
    const captures = code === Op.capture && isWanted(a[i] as number);
    if (captures || (code === Op.clear && anyOf(a[i] as number, c[i] as number, isWanted))) {
      marks[i] = 1;
      queue.push(i);
    }
    if (code !== Op.match && code !== Op.fail) add(b[i] as number, 2 * i);
    if (code === Op.split || code === Op.look) add(a[i] as number, 2 * i + 1);
  }
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (let link = newest[at] as number; link !== -1; link = older[link] as number) {
      const source = link >> 1;
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
  const write = (at: number, code: number, x: number, y: number, z: number): void => {
    const first = addressOf(at) >>> 2;
    u32[first] = code;
    u32[first + 1] = x;
    u32[first + 2] = y;
    u32[first + 3] = z;
  };
  for (let i = 0; i < op.length; i++) {
    const [ai, bi, ci] = [a[i] as number, b[i] as number, c[i] as number];
    switch (op[i]) {
      case Op.char: {
        const [count, next] = charRun(program, i);
        write(i, WalkOp.char, addressOf(beyond(next)), count, 0);
        break;
      }
      case Op.split:
        if (isLoop(program, i, ai)) write(i, WalkOp.loop, addressOf(beyond(bi)), 1, splitOf[i] as number);
        else if (isLoop(program, i, bi)) write(i, WalkOp.loop, addressOf(beyond(ai)), 0, splitOf[i] as number);
        else write(i, WalkOp.split, addressOf(beyond(ai)), addressOf(beyond(bi)), splitOf[i] as number);
        break;
      case Op.capture:
        write(i, WalkOp.capture, addressOf(beyond(bi)), ai, wanted[bi] === 0 ? 1 : 0);
        break;
      case Op.clear:
        write(i, WalkOp.clear, addressOf(beyond(bi)), ai, ci);
        break;
      case Op.look:
        write(i, WalkOp.look, addressOf(beyond(bi)), addressOf(beyond(ai)), 0);
        break;
      default:
        write(i, WalkOp.match, 0, 0, 0);
    }
  }
  return addressOf(beyond(start));
}
