import type { Found } from '../engine.ts';

/** What a walk stores for a group that took no part, and for an end that it was not asked for. */
export const unsetSlot = 0xffffffff;
export const unknownSlot = 0xfffffffe;
/** The latter as an offset. */
const unknownOffset = -2;

/** UTF-16 index of a character of a text, by its number. */
function indexOfCharacter(text: string, number: number): number {
  let index = 0;
  for (let rest = number; rest > 0; rest--) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

/**
 * Slots in units as offsets in UTF-16; {@link unsetSlot} is -1 then, and {@link unknownSlot} -2.
 *
 * @param text the subject
 * @param unitCount characters of the text
 */
export function offsetsOfSlots(slots: Uint32Array, text: string, unitCount: number): Int32Array {
  const offsets = new Int32Array(slots);
  if (text.length === unitCount) return offsets;
  return offsets.map((slot) => (slot < 0 ? slot : indexOfCharacter(text, slot)));
}

/** A match by its offsets in a text. */
export class OffsetsFound implements Found {
  readonly #text: string;
  readonly #offsets: Int32Array;
  readonly #again: (() => Found) | undefined;

  /**
   * @param offsets start and end of each group in UTF-16 units, -1 for one that took no part
   * @param again searches once more for the end of the match, where that is {@link unknownSlot}
   */
  constructor(text: string, offsets: Int32Array, again?: () => Found) {
    this.#text = text;
    this.#offsets = offsets;
    this.#again = again;
  }

  get start(): number {
    return this.#offsets[0] as number;
  }

  get end(): number {
    this.#settleEnd();
    return this.#offsets[1] as number;
  }

  #settleEnd(): void {
    if (this.#offsets[1] === unknownOffset) this.#offsets[1] = this.#again?.().end as number;
  }

  offsets(): ArrayLike<number> {
    this.#settleEnd();
    return this.#offsets;
  }

  text(group: number): string | undefined {
    const start = this.#offsets[2 * group] as number;
    if (start === -1) return undefined;
    return this.#text.slice(start, group === 0 ? this.end : this.#offsets[2 * group + 1]);
  }
}
