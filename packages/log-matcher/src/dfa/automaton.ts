import type { EngineMemory } from '../engine/engine-memory.ts';
import type { Program } from '../program/program.ts';
import type { CacheArena } from './cache-arena.ts';
import type { Ahead, Steps } from './steps.ts';
import { UnitClasses } from './unit-classes.ts';

/** Bytes of what `assembly/verify` reads of an automaton; see there. */
export const descriptorBytes = 48;
/** Offsets of the descriptor's words. */
const Field = {
  kind: 0,
  classMap: 1,
  startRow: 2,
  emptyRow: 3,
  beginOffset: 4,
  walk: 5,
  slots: 6,
  gate: 7,
  head: 9,
} as const;

/** Low bits of a row's second word; the others are the address of the decisions. */
const startFlag = 1;
const deadFlag = 2;
const unknownFlag = 4;
const entryBytes = 8;
/** What a state costs outside of the engine's memory, besides its bits. */
const stateOverheadBytes = 200;

interface State {
  readonly ahead: Ahead;
  readonly row: number;
}

const keyOf = ({ chars, right }: Ahead): string => `${right},${chars.join()}`;
const upTo8 = (bytes: number): number => (bytes + 7) & ~7;

/**
 * A deterministic automaton that reads subjects from one end to the other, and whose states are worked out when they are first met.
 *
 * A state is a row of 8 bytes per class of characters: address of the next state's row; address of the decisions at the
 * position reached, with flags. Zero where it is not known yet. What a row knows is up to {@link Steps}.
 */
export class Automaton {
  /** Instructions worked through to find new states. */
  work = 0;
  /** Address of what WebAssembly reads of it. */
  readonly descriptor: number;
  readonly #steps: Steps;
  readonly #classes: UnitClasses;
  readonly #memory: EngineMemory;
  readonly #arena: CacheArena;
  readonly #classMap: number;
  readonly #states = new Map<string, State>();
  readonly #byRow = new Map<number, State>();
  readonly #decisions = new Map<string, number>();
  /** For what is to the right of a position from which nothing leads on: whether nothing can begin to the left. */
  readonly #dead = new Map<number, boolean>();
  #rowClasses = 0;

  /** Says that there will be an automaton, which is to be built when a subject is first searched with it. */
  static announce(memory: EngineMemory, descriptor: number, slotCount: number): void {
    memory.u32[(descriptor >>> 2) + Field.kind] = 1;
    memory.u32[(descriptor >>> 2) + Field.slots] = slotCount;
  }

  /**
   * @param steps works out what is not known yet
   * @param descriptor address of {@link descriptorBytes} bytes, filled here
   */
  constructor(program: Program, steps: Steps, descriptor: number, memory: EngineMemory, arena: CacheArena) {
    this.#memory = memory;
    this.#arena = arena;
    this.descriptor = descriptor;
    this.#classes = new UnitClasses(program);
    this.#steps = steps;
    this.#classMap = memory.alloc(512);
    for (const [unit, index] of this.#classes.ofAscii().entries()) this.#setClass(unit, index);
    this.#set(Field.classMap, this.#classMap);
    Automaton.announce(memory, descriptor, program.slotCount);
    this.forget();
  }

  /** Address of the code of the walk; 0 where there is none. */
  get walk(): number {
    return this.#get(Field.walk);
  }

  set walk(address: number) {
    this.#set(Field.walk, address);
  }

  /** Slots of a match. */
  get slotCount(): number {
    return this.#get(Field.slots);
  }

  get stateCount(): number {
    return this.#states.size;
  }

  #get(field: number): number {
    return this.#memory.u32[(this.descriptor >>> 2) + field] as number;
  }

  #set(field: number, value: number): void {
    this.#memory.u32[(this.descriptor >>> 2) + field] = value;
  }

  #setClass(unit: number, index: number): void {
    this.#memory.u16[(this.#classMap >>> 1) + unit] = index * entryBytes;
  }

  /** Says which automaton is to be asked first on lines that hold much. */
  static setGate(memory: EngineMemory, descriptor: number, gate: number): void {
    memory.u32[(descriptor >>> 2) + Field.gate] = gate;
  }

  static gateOf(memory: EngineMemory, descriptor: number): number {
    return memory.u32[(descriptor >>> 2) + Field.gate] as number;
  }

  /** Says which automaton is to be asked whether a line can be the pattern's at all. */
  static setHead(memory: EngineMemory, descriptor: number, head: number): void {
    memory.u32[(descriptor >>> 2) + Field.head] = head;
  }

  get isInUse(): boolean {
    return this.#get(Field.kind) === 1;
  }

  /** Takes the automaton out of use. */
  disable(): void {
    this.#set(Field.kind, 0);
  }

  /** Says what character a unit beyond ASCII stands for. May forget all states. */
  defineUnit(unit: number, code: number): void {
    this.#setClass(unit, this.#classes.classOf(code));
    if (this.#classes.classes.length > this.#rowClasses) this.forget();
  }

  /** Forgets all states; the arena has been or will be reset by the caller, or keeps what is lost until then. */
  forget(): void {
    this.#states.clear();
    this.#byRow.clear();
    this.#decisions.clear();
    this.#dead.clear();
    this.#rowClasses = this.#classes.classes.length;
    this.#set(Field.beginOffset, this.#rowClasses * entryBytes);
    this.#set(Field.startRow, 0);
    this.#set(Field.emptyRow, 0);
  }

  /** What is known before the first step. */
  first(isEmpty: boolean): Ahead {
    return this.#steps.first(isEmpty);
  }

  /** Makes the rows at which subjects are entered; false when the arena is full. */
  prepare(): boolean {
    const start = this.rowOf(this.#steps.first(false));
    const empty = this.rowOf(this.#steps.first(true));
    this.#set(Field.startRow, start);
    this.#set(Field.emptyRow, empty);
    return start !== 0 && empty !== 0;
  }

  /** What a row stands for, to be entered again with {@link rowOf} after {@link forget}. */
  aheadOf(row: number): Ahead {
    return (this.#byRow.get(row) as State).ahead;
  }

  /** Row of a state, made if need be; 0 when the arena is full. */
  rowOf(ahead: Ahead): number {
    const key = keyOf(ahead);
    const known = this.#states.get(key);
    if (known !== undefined) return known.row;
    const bytes = (this.#rowClasses + 1) * entryBytes;
    const row = this.#arena.alloc(bytes, stateOverheadBytes + 3 * ahead.chars.byteLength);
    if (row === 0) return 0;
    this.#memory.u32.fill(unknownFlag, row >>> 2, (row + bytes) >>> 2);
    const state = { ahead, row };
    this.#states.set(key, state);
    this.#byRow.set(row, state);
    return row;
  }

  /**
   * Fills one entry of a row.
   *
   * @param offset of the entry in the row
   * @returns false when the arena is full
   */
  fill(row: number, offset: number): boolean {
    const index = offset / entryBytes;
    const left = index === this.#rowClasses ? undefined : this.#classes.classes[index];
    this.work += this.#steps.size;
    const { decisions, starts, next } = this.#steps.step(this.aheadOf(row), left);
    const nextRow = next === undefined ? row : this.rowOf(next);
    const address = this.#addressOf(decisions);
    if (nextRow === 0 || address === 0) return false;
    const dead = next !== undefined && this.#isDead(next) ? deadFlag : 0;
    const at = (row + offset) >>> 2;
    this.#memory.u32[at + 1] = address | (starts ? startFlag : 0) | dead;
    this.#memory.u32[at] = nextRow;
    return true;
  }

  #addressOf(decisions: Uint32Array): number {
    const key = decisions.join();
    let address = this.#decisions.get(key);
    if (address === undefined) {
      address = this.#arena.alloc(Math.max(8, upTo8(decisions.byteLength)), stateOverheadBytes);
      if (address === 0) return 0;
      this.#memory.u32.set(decisions, address >>> 2);
      this.#decisions.set(key, address);
    }
    return address;
  }

  /** Whether no match can begin further to the left, whatever stands there. */
  #isDead({ chars, right }: Ahead): boolean {
    if (chars.some((word) => word !== 0)) return false;
    let dead = this.#dead.get(right);
    if (dead === undefined) {
      dead = this.#neverStarts(chars, right);
      this.#dead.set(right, dead);
    }
    return dead;
  }

  #neverStarts(nothing: Uint32Array, right: number): boolean {
    const reached = new Set([right]);
    for (const known of reached) {
      for (const left of [undefined, ...this.#classes.classes]) {
        this.work += this.#steps.size;
        const { starts, next } = this.#steps.step({ chars: nothing, right: known }, left);
        if (starts || next?.chars.some((word) => word !== 0)) return false;
        if (next !== undefined) reached.add(next.right);
      }
    }
    return true;
  }
}
