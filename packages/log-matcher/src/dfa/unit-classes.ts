import { asciiTable } from '../chars/ascii-table.ts';
import { type CharSet, charSetHas, singleChar, wordChars } from '../chars/char-set.ts';
import { assertionKinds, Op, type Program } from '../program/program.ts';

/** What an automaton's assertions have to know of characters. */
export interface ContextSets {
  readonly word: CharSet | undefined;
  readonly asciiWord: CharSet | undefined;
  readonly newline: CharSet | undefined;
}

const beyondAscii = 0x80;

const kindOf = (index: number | undefined): string => assertionKinds[index as number] as string;

function contextSetsOf({ op, a, c }: Program): ContextSets {
  let word = false;
  let asciiWord = false;
  let newline = false;
  for (let i = 0; i < op.length; i++) {
    if (op[i] !== Op.assert) continue;
    const kind = kindOf(a[i]);
    if (kind === 'boundary' || kind === 'no-boundary') {
      if (c[i] === 1) asciiWord = true;
      else word = true;
    } else if (kind === 'end' || kind.startsWith('line-')) {
      newline = true;
    }
  }
  return {
    word: word ? wordChars(false) : undefined,
    asciiWord: asciiWord ? wordChars(true) : undefined,
    newline: newline ? singleChar(10) : undefined,
  };
}

/** Characters that a program cannot tell apart. */
export interface UnitClass {
  /** For each set of the program, 1 where the class is in it. */
  readonly sets: Uint8Array;
  readonly word: boolean;
  readonly asciiWord: boolean;
  readonly newline: boolean;
}

function divided(alike: Uint8Array, table: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = new Int16Array(2 * beyondAscii).fill(-1);
  const parts = new Uint8Array(beyondAscii);
  for (let code = 0; code < beyondAscii; code++) {
    const part = 2 * (alike[code] as number) + (table[code] as number);
    if (first[part] === -1) first[part] = code;
    parts[code] = first[part] as number;
  }
  return parts;
}

/** Sorts characters into the classes that a program can tell apart, as they come. */
export class UnitClasses {
  readonly classes: UnitClass[] = [];
  readonly context: ContextSets;
  readonly #sets: readonly CharSet[];
  readonly #known = new Map<string, number>();

  constructor(program: Program) {
    this.context = contextSetsOf(program);
    this.#sets = program.sets;
  }

  /** Index of the class of each character of ASCII. */
  ofAscii(): Uint16Array {
    const { word, asciiWord, newline } = this.context;
    const sets = new Set([...this.#sets, word, asciiWord, newline]);
    // For each character the first one that no set so far tells it from: few have to be compared in full.
    let alike = new Uint8Array(beyondAscii);
    for (const set of sets) if (set !== undefined) alike = divided(alike, asciiTable(set));
    const classes = new Uint16Array(beyondAscii);
    for (let code = 0; code < beyondAscii; code++) {
      const first = alike[code] as number;
      classes[code] = first === code ? this.classOf(code) : (classes[first] as number);
    }
    return classes;
  }

  /** Index of the class of a code point. */
  classOf(code: number): number {
    const { word, asciiWord, newline } = this.context;
    const isIn = (set: CharSet): boolean => (code < beyondAscii ? asciiTable(set)[code] === 1 : charSetHas(set, code));
    const has = (set: CharSet | undefined): boolean => set !== undefined && isIn(set);
    const sets = new Uint8Array(this.#sets.length);
    for (let i = 0; i < sets.length; i++) if (isIn(this.#sets[i] as CharSet)) sets[i] = 1;
    const unitClass = { sets, word: has(word), asciiWord: has(asciiWord), newline: has(newline) };
    const key = `${sets.join('')}${unitClass.word}${unitClass.asciiWord}${unitClass.newline}`;
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.classes.push(unitClass) - 1;
      this.#known.set(key, index);
    }
    return index;
  }
}
