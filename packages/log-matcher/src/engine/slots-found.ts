import type { Found } from '../found.ts';

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

/** How to learn what a search has not worked out. */
export interface Unsettled {
  /** For each group 1 where it has worked it out for sure. */
  readonly settled: Uint8Array;
  /** Searches again, for everything. */
  readonly searchAgain: () => Found;
}

/** A match by its offsets in a text. */
export class OffsetsFound implements Found {
  readonly #text: string;
  readonly #unsettled: Unsettled | undefined;
  #offsets: Int32Array;

  /**
   * @param offsets start and end of each group in UTF-16 units, -1 for one that took no part
   * @param unsettled where the end of the match is {@link unknownSlot}, and with it that of other groups
   */
  constructor(text: string, offsets: Int32Array, unsettled?: Unsettled) {
    this.#text = text;
    this.#offsets = offsets;
    this.#unsettled = unsettled;
  }

  get start(): number {
    return this.#offsets[0] as number;
  }

  get end(): number {
    return this.offsets()[1] as number;
  }

  offsets(): Int32Array {
    if (this.#offsets[1] === unknownOffset && this.#unsettled !== undefined) {
      this.#offsets = Int32Array.from(this.#unsettled.searchAgain().offsets());
    }
    return this.#offsets;
  }

  text(group: number): string | undefined {
    const offsets = this.#unsettled?.settled[group] === 1 ? this.#offsets : this.offsets();
    const start = offsets[2 * group] as number;
    return start === -1 ? undefined : this.#text.slice(start, offsets[2 * group + 1]);
  }
}
