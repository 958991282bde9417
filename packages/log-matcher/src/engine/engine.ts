import { wordChars } from '../chars/char-set.ts';
import { Alphabet, noUnit } from '../dfa/alphabet.ts';
import { Automaton, descriptorBytes } from '../dfa/automaton.ts';
import { CacheArena } from '../dfa/cache-arena.ts';
import { Determinizer } from '../dfa/determinizer.ts';
import type { Steps } from '../dfa/steps.ts';
import { writeWalk } from '../dfa/walk-code.ts';
import { instantiateKernel } from '../kernel.ts';
import { buildProgram } from '../program/build-program.ts';
import type { Program } from '../program/program.ts';
import { slotCount } from '../slot-count.ts';
import type { AutomatonMaker } from './automaton-maker.ts';
import type { EngineExports } from './engine-exports.ts';
import { EngineMemory } from './engine-memory.ts';
import type { EnginePattern } from './engine-pattern.ts';
import { Gates } from './gates.ts';
import { Heads } from './heads.ts';

/** Positions that one pass over a subject can store. A longer subject is searched in blocks. */
export const positionCapacity = 16_384;
/** Most look-aheads inside each other. */
const maxLooks = 256;
const recordBytes = 65_536;
const leastListWords = 16_384;
/** Characters beyond ASCII lie in tables of 256. */
const pageCount = 0x1100;
const pageChars = 256;
const warmEntries = 1e6;
/** Read before and behind bytes that are scanned. */
const paddingBefore = 64;
const paddingBehind = 512;
const windowAlign = 64;
/** Addresses are 32 bits wide; a memory grows as it is needed. */
const maxMemoryBytes = 2 ** 32 - 65_536;

export interface EngineOptions {
  readonly finalBreak: boolean;
  readonly firstOnly: boolean;
  /** Most bytes of what automata keep. */
  readonly maxCacheBytes: number;
}

/** Memory, WebAssembly instance and automata of one set. */
export class Engine implements AutomatonMaker {
  readonly memory: EngineMemory = new EngineMemory(maxMemoryBytes);
  readonly wasm: EngineExports;
  readonly arena: CacheArena;
  /** Address of what a pass stores. */
  readonly positions: number;
  /** Address of the lines that patterns are to be tried on, and its size. */
  readonly list: number;
  readonly listWords: number;
  /** Address of the records of matches. */
  readonly records: number;
  /** How often all automata were forgotten. */
  forgets = 0;
  readonly #patterns: readonly EnginePattern[];
  readonly #automata: (Automaton | undefined)[];
  readonly #descriptors: number;
  readonly #slots: number;
  readonly #alphabet: Alphabet;
  readonly #gates: Gates;
  readonly #heads: Heads;
  /** Address of the addresses of pages of units; 0 for one that is not made yet. */
  readonly #pages: number;
  #window = 0;
  #windowBytes = 0;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(patterns: readonly EnginePattern[], options: EngineOptions) {
    const { memory } = this;
    this.#patterns = patterns;
    this.#automata = new Array(patterns.length).fill(undefined);
    this.arena = new CacheArena(memory, options.maxCacheBytes);
    const roots = patterns.map(({ parsed }) => parsed.root);
    this.#alphabet = new Alphabet(roots, wordChars(false), (unit, code) => {
      for (const automaton of this.#built()) automaton.defineUnit(unit, code);
    });
    this.wasm = instantiateKernel(memory.wasm, {
      fill: (descriptor, row, offset) => (this.#fill(descriptor, row, offset) ? 1 : 0),
      prepare: (descriptor) => (this.#at(descriptor).prepare() ? 1 : 0),
      forget: () => this.forget(),
      page: (index) => this.#page(index),
      gate: (pattern) => this.#gates.makeFor(pattern),
      head: (pattern) => this.#heads.makeFor(pattern),
    });
    this.#descriptors = memory.alloc(patterns.length * descriptorBytes);
    this.positions = memory.alloc(8 * (positionCapacity + 2));
    const units = memory.alloc(positionCapacity);
    this.records = memory.alloc(recordBytes);
    this.listWords = leastListWords + patterns.length;
    this.list = memory.alloc(4 * this.listWords);
    const slots = Math.max(...patterns.map(({ parsed }) => slotCount(parsed)), 2);
    this.#slots = memory.alloc(4 * slots);
    const lineBreak = memory.alloc(1);
    memory.u8[lineBreak] = 10;
    this.#pages = memory.alloc(4 * pageCount);
    this.wasm.setPages(this.#pages);
    this.wasm.setLooks(memory.alloc(8 * maxLooks));
    this.wasm.setPositions(this.positions, positionCapacity, options.finalBreak ? lineBreak : 0);
    this.wasm.setLines(this.#descriptors, units, this.records, this.records + recordBytes, options.firstOnly ? 1 : 0);
    this.wasm.clearRecords();
    this.#gates = new Gates(patterns, this);
    this.#heads = new Heads(patterns, this);
    for (const [index, { reason }] of patterns.entries()) if (reason === undefined) this.#announce(index);
  }

  /** Descriptor of a pattern's automaton, which is built when it is first used. */
  descriptorOf(pattern: number): number {
    return this.#descriptors + pattern * descriptorBytes;
  }

  slotCountOf(pattern: number): number {
    return slotCount((this.#patterns[pattern] as EnginePattern).parsed);
  }

  automatonOf(pattern: number): Automaton {
    return this.#automata[pattern] ?? this.#build(pattern);
  }

  /** The gate of a pattern, an automaton of many patterns together; undefined when it has none, or no longer. */
  gateOf(pattern: number): Automaton | undefined {
    const automaton = this.#gates.at(this.#gates.descriptorFor(pattern));
    return automaton?.isInUse === true ? automaton : undefined;
  }

  /** Address of the slots that single searches write. */
  get slots(): number {
    return this.#slots;
  }

  /** Whether so much was searched that what takes time to make pays. */
  get isWarm(): boolean {
    return this.wasm.entriesFollowed.value > warmEntries;
  }

  get stateCount(): number {
    return this.#built().reduce((sum, automaton) => sum + automaton.stateCount, 0);
  }

  /** Instructions worked through to find states. */
  get work(): number {
    return this.#built().reduce((sum, automaton) => sum + automaton.work, 0);
  }

  /** Forgets what automata have worked out. */
  forget(): void {
    this.forgets += 1;
    for (const automaton of this.#built()) automaton.forget();
    this.arena.reset();
  }

  /**
   * Address of at least so many bytes to be scanned, with room around them. The same as long as it is large enough.
   */
  window(bytes: number): number {
    if (this.#windowBytes < bytes) {
      this.#windowBytes = Math.max(bytes, 2 * this.#windowBytes);
      const padded = paddingBefore + this.#windowBytes + paddingBehind;
      this.#window = this.memory.alloc(padded, windowAlign) + paddingBefore;
    }
    return this.#window;
  }

  /** Address of room for single subjects, with room around it. */
  scratch(bytes: number): number {
    if (this.#scratchBytes < bytes) {
      this.#scratchBytes = Math.max(bytes, 2 * this.#scratchBytes, 1024);
      this.#scratch = this.memory.alloc(paddingBefore + this.#scratchBytes + paddingBehind) + paddingBefore;
    }
    return this.#scratch;
  }

  /** The unit of a character; undefined when it has none. */
  unitOf(code: number): number | undefined {
    const entry = (this.#pages >>> 2) + Math.floor(code / pageChars);
    const page = this.memory.u32[entry] || this.#page(Math.floor(code / pageChars));
    this.memory.u32[entry] = page;
    const unit = this.memory.u8[page + (code % pageChars)] as number;
    return unit === noUnit ? undefined : unit;
  }

  /** Writes what `lines.ts` looks at before the automaton is built. */
  #announce(pattern: number): void {
    Automaton.announce(this.memory, this.descriptorOf(pattern), this.slotCountOf(pattern));
  }

  #fill(descriptor: number, row: number, offset: number): boolean {
    if (this.#gates.isSpent(descriptor, this.wasm.entriesFollowed.value)) return false;
    return this.#at(descriptor).fill(row, offset);
  }

  #at(descriptor: number): Automaton {
    const pattern = (descriptor - this.#descriptors) / descriptorBytes;
    return this.#gates.at(descriptor) ?? this.#heads.at(descriptor) ?? this.automatonOf(pattern);
  }

  #built(): readonly Automaton[] {
    return [
      ...this.#automata.filter((automaton) => automaton !== undefined),
      ...this.#gates.automata,
      ...this.#heads.automata,
    ];
  }

  #build(pattern: number): Automaton {
    const { parsed, settled } = this.#patterns[pattern] as EnginePattern;
    const program = buildProgram(parsed);
    const steps = new Determinizer(program);
    const automaton = this.makeAutomaton(program, steps, this.descriptorOf(pattern));
    automaton.walk = writeWalk(program, steps.splitOf, (slot) => settled[slot >> 1] === 1, this.memory);
    this.#automata[pattern] = automaton;
    return automaton;
  }

  makeAutomaton(program: Program, steps: Steps, descriptor: number): Automaton {
    const automaton = new Automaton(program, steps, descriptor, this.memory, this.arena);
    for (const [unit, code] of this.#alphabet.given) automaton.defineUnit(unit, code);
    return automaton;
  }

  #page(index: number): number {
    const page = this.memory.alloc(pageChars);
    for (let i = 0; i < pageChars; i++) {
      const unit = this.#alphabet.unitOf(index * pageChars + i);
      this.memory.u8[page + i] = unit;
    }
    return page;
  }
}
