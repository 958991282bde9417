import { type CharSet, charSetHas } from '../chars/char-set.ts';
import { childrenOf, type Node } from '../python-regex/ast.ts';

const firstBeyondAscii = 128;
/** What `assembly/verify/units.ts` takes for a character without a unit. */
export const noUnit = 255;

/** A set's members beyond ASCII, as a text to compare. */
function keyOf({ negated, ranges, classes }: CharSet): string {
  const beyond = ranges.filter(([, to]) => to >= firstBeyondAscii);
  return `${negated} ${beyond.join(';')} ${classes.map((member) => JSON.stringify(member)).join()}`;
}

function collect(node: Node, sets: Map<string, CharSet>): void {
  if (node.type === 'char') {
    const key = keyOf(node.set);
    if (!sets.has(key)) sets.set(key, node.set);
  }
  for (const child of childrenOf(node)) collect(child, sets);
}

/**
 * Numbers for the kinds of characters beyond ASCII that a set's patterns can tell apart, given as they are met.
 */
export class Alphabet {
  readonly #roots: readonly Node[];
  readonly #word: CharSet;
  readonly #units = new Map<string, number>();
  readonly #given: (readonly [unit: number, code: number])[] = [];
  readonly #onUnit: (unit: number, code: number) => void;
  #sets: readonly CharSet[] | undefined;

  /** @param onUnit told of each new unit and a character that has it */
  constructor(roots: readonly Node[], word: CharSet, onUnit: (unit: number, code: number) => void) {
    this.#roots = roots;
    this.#word = word;
    this.#onUnit = onUnit;
  }

  /** The unit of a character; {@link noUnit} when all are given away. */
  unitOf(code: number): number {
    if (code < firstBeyondAscii) return code;
    this.#sets ??= this.#collectSets();
    let key = '';
    for (const set of this.#sets) key += charSetHas(set, code) ? '1' : '0';
    let unit = this.#units.get(key);
    if (unit === undefined) {
      unit = Math.min(noUnit, firstBeyondAscii + this.#units.size);
      if (unit !== noUnit) {
        this.#units.set(key, unit);
        this.#given.push([unit, code]);
        this.#onUnit(unit, code);
      }
    }
    return unit;
  }

  /** The units given so far, each with a character that has it. */
  get given(): readonly (readonly [unit: number, code: number])[] {
    return this.#given;
  }

  #collectSets(): readonly CharSet[] {
    const sets = new Map<string, CharSet>([['word', this.#word]]);
    for (const root of this.#roots) collect(root, sets);
    return [...sets.values()];
  }
}
