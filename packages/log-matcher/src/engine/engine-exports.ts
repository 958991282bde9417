/** What `assembly/index.ts` exports of the engine. All numbers are addresses or counts, see there. */
export interface EngineExports {
  readonly row: WebAssembly.Global;
  readonly best: WebAssembly.Global;
  readonly isDead: WebAssembly.Global;
  readonly position: WebAssembly.Global;
  readonly recordTop: WebAssembly.Global;
  readonly stopped: WebAssembly.Global;
  readonly entriesFollowed: WebAssembly.Global;
  readonly linesTried: WebAssembly.Global;
  readonly walked: WebAssembly.Global;
  countBreaks(from: number, to: number): number;
  lastBreak(from: number, to: number): number;
  lineEnds(from: number, to: number, out: number): number;
  beginLines(descriptor: number, start: number, end: number): void;
  nextLines(out: number, capacityWords: number): number;
  enter(automaton: number, isEmpty: number): number;
  enterAt(row: number): void;
  passBack(automaton: number, from: number, to: number, out: number): number;
  passBegin(automaton: number, out: number): number;
  positionsFor(units: number): number;
  setPositions(address: number, capacity: number, breakAt: number): void;
  search(
    automaton: number,
    from1: number,
    to1: number,
    from2: number,
    to2: number,
    slots: number,
    full: number,
  ): number;
  setLines(automata: number, units: number, records: number, recordsEnd: number, firstOnly: number): void;
  setCrowd(least: number): void;
  clearRecords(): void;
  matchLines(at: number, to: number, inputEnd: number): number;
  isAscii(from: number, to: number): number;
  toUnits(from: number, to: number, out: number): number;
  setPages(table: number): void;
  setLooks(stack: number): void;
  beginWalk(first: number, start: number, slots: number, slotCount: number): void;
  walkOn(known: number, from: number, to: number, slots: number, full: number): number;
}

/** Why `matchLines` came back. */
export const Stopped = { done: 0, recordsFull: 1, forCaller: 2 } as const;

/** What `search` answers; the last where the cache is too small for a subject of this length. */
export const Answer = { none: 0, found: 1, tooLong: 2 } as const;
