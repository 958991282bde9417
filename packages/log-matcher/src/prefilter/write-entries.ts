import type { Chain, KeyEntry, SlotTable } from './lay-out-entries.ts';
import { Entry, EntryKind, SplitEntry } from './layout.ts';
import { type PlanBlock, wordBytes } from './plan-block.ts';
import type { Needle } from './prefilter-plan.ts';

export const partBytes = 8;
const entryBytes: number = Entry.words * wordBytes;
/** Bytes before its key that an entry compares, if there are so many. */
const headBefore = 2;

/**
 * Eight bytes of a needle and their mask, as they are compared: `(text | mask) === bytes`. Behind the needle every byte is
 * right, for all ones are set in it.
 */
export function partOf({ bytes, masks }: Needle, from: number): Uint8Array {
  const part = new Uint8Array(2 * partBytes).fill(0xff);
  const count = Math.min(partBytes, bytes.length - from);
  for (let i = 0; i < count; i++) {
    part[i] = bytes[from + i] as number;
    part[partBytes + i] = masks[from + i] ?? 0;
  }
  return part;
}

/** Writes a group's entries, and the slots by which they are found. */
export class EntryWriter {
  readonly #block: PlanBlock;
  readonly #needles: readonly Needle[];
  readonly #addresses: readonly number[];
  readonly #noEntry: number;

  /** @param addresses of the needles */
  constructor(block: PlanBlock, needles: readonly Needle[], addresses: readonly number[]) {
    this.#block = block;
    this.#needles = needles;
    this.#addresses = addresses;
    this.#noEntry = block.take(entryBytes, entryBytes);
    // Whatever stands in the text, with its mask it is not 0.
    block.setBytes(this.#noEntry + Entry.mask * wordBytes, new Uint8Array(partBytes).fill(0xff));
    block.setWord(this.#noEntry, Entry.kind, EntryKind.last);
  }

  /** Returns the address of the slots. */
  table({ bits, chains }: SlotTable): number {
    const slots = this.#block.take(wordBytes << bits);
    this.#block.fillWords(slots, 1 << bits, this.#noEntry);
    for (const [slot, chain] of chains) this.#block.setWord(slots, slot, this.#chain(chain));
    return slots;
  }

  #chain({ entries, split }: Chain): number {
    const count = entries.length + (split === undefined ? 0 : 1);
    const first = this.#block.take(count * entryBytes, entryBytes);
    for (const [i, entry] of entries.entries()) {
      this.#entry(first + i * entryBytes, entry, i === count - 1 ? EntryKind.last : EntryKind.more);
    }
    if (split === undefined) return first;
    const address = first + entries.length * entryBytes;
    this.#block.setWord(address, Entry.kind, EntryKind.split);
    this.#block.setWord(address, SplitEntry.distance, split.distance);
    this.#block.setWord(address, SplitEntry.shift, 32 - split.table.bits);
    this.#block.setWord(address, SplitEntry.slots, this.table(split.table));
    return first;
  }

  #entry(address: number, { needle: index, offset }: KeyEntry, kind: number): void {
    const needle = this.#needles[index] as Needle;
    const head = Math.min(Math.max(0, offset - headBefore), Math.max(0, needle.bytes.length - partBytes));
    this.#block.setBytes(address, partOf(needle, head));
    this.#block.setWord(address, Entry.back, offset - head);
    this.#block.setWord(address, Entry.needle, this.#addresses[index] as number);
    this.#block.setWord(address, Entry.offset, offset);
    this.#block.setWord(address, Entry.kind, kind);
  }
}
