import { instructionSize, Op } from './program.ts';

/** Stands for the groups, which back-references and conditionals read. */
const groupsRegister = -1;

interface Flow {
  readonly next: readonly number[];
  readonly reads: number | undefined;
  readonly writes: number | undefined;
}

function flowOf(code: Int32Array, at: number): Flow {
  const [op, a, b, c] = code.subarray(at * instructionSize, at * instructionSize + instructionSize) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const plain = { next: [at + 1], reads: undefined, writes: undefined };
  switch (op) {
    case Op.match:
      return { ...plain, next: [] };
    case Op.split:
      return { ...plain, next: [a, b] };
    case Op.jump:
      return { ...plain, next: [a] };
    case Op.loopEnter:
    case Op.enter:
      return { ...plain, writes: a };
    case Op.loopGreedy:
    case Op.loopLazy:
      return { ...plain, next: [at + 1, b], reads: a };
    case Op.leave:
      return { ...plain, reads: a };
    case Op.enterNegated:
      return { ...plain, next: [at + 1, c], writes: a };
    case Op.leaveNegated:
      return { ...plain, next: [], reads: a };
    case Op.backReference:
      return { ...plain, reads: groupsRegister };
    case Op.condition:
      return { ...plain, next: [at + 1, b], reads: groupsRegister };
    default:
      return plain;
  }
}

function flows(code: Int32Array): Flow[] {
  return Array.from({ length: code.length / instructionSize }, (_, at) => flowOf(code, at));
}

function predecessors(flow: readonly Flow[]): number[][] {
  const before: number[][] = flow.map(() => []);
  for (const [at, { next }] of flow.entries()) for (const target of next) before[target]?.push(at);
  return before;
}

/**
 * Marks with 1 each instruction from which the outcome depends on more than the position: on a counter, on where a
 * look-around began, or on what a group holds. From all others a failure at a position is final.
 */
export function statefulAt(code: Int32Array): Uint8Array {
  const flow = flows(code);
  const before = predecessors(flow);
  const stateful = new Uint8Array(flow.length);
  const registers = new Set(flow.map(({ reads }) => reads).filter((register) => register !== undefined));
  for (const register of registers) {
    const seen = new Uint8Array(flow.length);
    const queue = [...flow.keys()].filter((at) => flow[at]?.reads === register);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen[at] === 1 || flow[at]?.writes === register) continue;
      seen[at] = 1;
      stateful[at] = 1;
      queue.push(...(before[at] as number[]));
    }
  }
  return stateful;
}

/**
 * Numbers the instructions at which the machine remembers failures: those that are reached in more than one way. All
 * others run at most once per position and way, so that a program without state takes linear time.
 */
export function memoPoints(code: Int32Array): { memoOf: Int32Array; memoCount: number } {
  const before = predecessors(flows(code));
  const stateful = statefulAt(code);
  let memoCount = 0;
  const memoOf = Int32Array.from(before, (sources, at) => {
    const afterLoop = sources.some((source) => {
      const op = code[source * instructionSize];
      return op === Op.setLoop || op === Op.lazySetLoop;
    });
    // An attempt also begins at the first instruction.
    const ways = sources.length + (at === 0 ? 1 : 0);
    return stateful[at] === 0 && (ways > 1 || afterLoop) ? memoCount++ : -1;
  });
  return { memoOf, memoCount };
}
