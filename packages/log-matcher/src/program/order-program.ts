import type { Semantics } from '../python-regex/ast.ts';
import { failure, type InstructionList } from './instruction-list.ts';
import { Op, type Program } from './program.ts';

/** Instructions that one leads to without taking a character. */
function stepsFrom({ op, a, b }: InstructionList, at: number): readonly number[] {
  switch (op[at]) {
    case Op.split:
    case Op.look:
      return [a[at] as number, b[at] as number];
    case Op.capture:
    case Op.assert:
    case Op.behind:
    case Op.clear:
      return [b[at] as number];
    default:
      return [];
  }
}

/** All instructions that can be reached, each behind those that it leads to without taking a character. */
function orderOf(list: InstructionList, start: number): readonly number[] {
  const order: number[] = [];
  const seen = new Uint8Array(list.op.length);
  const roots = [start];
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    const path: { at: number; steps: readonly number[]; next: number }[] = [];
    const enter = (at: number): void => {
      if (seen[at] === 1) return;
      seen[at] = 1;
      path.push({ at, steps: stepsFrom(list, at), next: 0 });
      if (list.op[at] === Op.char) roots.push(list.b[at] as number);
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      if (top.next < top.steps.length) {
        enter(top.steps[top.next++] as number);
      } else {
        order.push(top.at);
        path.pop();
      }
    }
  }
  return order;
}

/** Renumbers what can be reached into the order that {@link Program} promises. */
export function orderProgram(list: InstructionList, start: number, slotCount: number, semantics: Semantics): Program {
  const order = orderOf(list, start);
  const numberOf = new Int32Array(list.op.length).fill(failure);
  for (const [number, at] of order.entries()) numberOf[at] = number;
  const renumber = (operand: number[], isTarget: (op: number) => boolean): Int32Array =>
    Int32Array.from(order, (at) => {
      const value = operand[at] as number;
      return isTarget(list.op[at] as number) ? (numberOf[value] as number) : value;
    });
  return {
    op: Uint8Array.from(order, (at) => list.op[at] as number),
    a: renumber(list.a, (op) => op === Op.split || op === Op.look),
    b: renumber(list.b, (op) => op !== Op.match && op !== Op.fail),
    c: Int32Array.from(order, (at) => list.c[at] as number),
    sets: list.sets,
    start: numberOf[start] as number,
    slotCount,
    semantics,
  };
}
