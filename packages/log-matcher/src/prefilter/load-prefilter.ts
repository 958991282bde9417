import type { EngineMemory } from '../engine/engine-memory.ts';
import { gramFactor, keyMask, tableBytes, tableSlots } from './grams.ts';
import { kernelNames, kernels } from './kernels.ts';
import { type EntryLayout, type KeyEntry, layOutEntries } from './lay-out-entries.ts';
import { blockBytes, Descriptor, Entry, Group, likelyBatchBytes, listSlack, NeedleHead, stepBytes } from './layout.ts';
import type { Needle, NeedleGroup, PrefilterPlan } from './prefilter-plan.ts';

const wordBytes = 4;
const partBytes = 8;
const blockAlign = 64;
/** Bytes for one in the list of likely entries. */
const likelyBytes = 8;
/** Bytes before its key that an entry compares, if there are so many. */
const headBefore = 2;
/** A block that takes another's place is so much larger than needed: then plans that grow take few blocks in all. */
const growth = 1.5;

/** Hands out parts of one block, or only measures them. */
class Block {
  readonly #start: number;
  #top: number;

  constructor(start: number) {
    this.#start = start;
    this.#top = start;
  }

  get bytes(): number {
    return this.#top - this.#start;
  }

  take(bytes: number, align: number = wordBytes): number {
    const address = Math.ceil(this.#top / align) * align;
    this.#top = address + bytes;
    return address;
  }
}

/** Writes a plan to a block; called with `write` false it only measures. */
class PlanWriter {
  readonly #plan: PrefilterPlan;
  readonly #layouts: readonly EntryLayout[];
  readonly #memory: EngineMemory;
  readonly #block: Block;
  readonly #write: boolean;

  constructor(
    plan: PrefilterPlan,
    layouts: readonly EntryLayout[],
    memory: EngineMemory,
    start: number,
    write: boolean,
  ) {
    this.#plan = plan;
    this.#layouts = layouts;
    this.#memory = memory;
    this.#block = new Block(start);
    this.#write = write;
  }

  /** Returns the bytes taken. */
  run(): number {
    const { patternCount, always, needles, groups } = this.#plan;
    const descriptor = this.#block.take(Descriptor.words * wordBytes);
    const bitWords = Math.ceil(patternCount / 32);
    const alwaysBits = this.#block.take(bitWords * wordBytes);
    const lineBits = this.#block.take(bitWords * wordBytes);
    const idsOf = needles.map(({ patterns }) => this.#ids(patterns));
    const first = this.#block.take(0, partBytes);
    const addresses = needles.map((needle, index) => this.#needle(needle, idsOf[index] as number));
    const end = this.#block.take(0);
    this.#set(descriptor, {
      [Descriptor.groups]: groups.length,
      [Descriptor.alwaysCount]: always.length,
      [Descriptor.alwaysBits]: alwaysBits,
      [Descriptor.lineBits]: lineBits,
      [Descriptor.bitWords]: bitWords,
      [Descriptor.needles]: first,
      [Descriptor.needlesEnd]: end,
    });
    if (this.#write) {
      const bits = this.#memory.u32.subarray(alwaysBits >> 2);
      for (const id of always) bits[id >> 5] = (bits[id >> 5] as number) | (1 << (id & 31));
    }
    for (const [index, group] of groups.entries()) {
      const at = descriptor + wordBytes * (Descriptor.firstGroup + index * Group.words);
      this.#group(at, group, this.#layouts[index] as EntryLayout, addresses);
    }
    return this.#block.bytes;
  }

  #set(address: number, values: Readonly<Record<number, number>>): void {
    if (!this.#write) return;
    for (const [word, value] of Object.entries(values)) this.#memory.u32[(address >>> 2) + Number(word)] = value;
  }

  #ids(patterns: readonly number[]): number {
    const address = this.#block.take(patterns.length * wordBytes);
    if (this.#write) this.#memory.u32.set(patterns, address >>> 2);
    return address;
  }

  #needle({ bytes, masks, patterns }: Needle, ids: number): number {
    const parts = Math.ceil(bytes.length / partBytes);
    const address = this.#block.take(NeedleHead.words * wordBytes + parts * 2 * partBytes, partBytes);
    if (!this.#write) return address;
    this.#set(address, {
      [NeedleHead.ids]: ids,
      [NeedleHead.idsEnd]: ids + patterns.length * wordBytes,
      [NeedleHead.length]: bytes.length,
    });
    const { u8 } = this.#memory;
    for (let i = 0; i < parts * partBytes; i++) {
      const at = address + NeedleHead.words * wordBytes + 2 * partBytes * Math.floor(i / partBytes) + (i % partBytes);
      // Behind the needle every byte is right: it equals all ones once all ones are set in it.
      u8[at] = bytes[i] ?? 0xff;
      u8[at + partBytes] = i < bytes.length ? (masks[i] ?? 0) : 0xff;
    }
    return address;
  }

  #group(descriptor: number, group: NeedleGroup, layout: EntryLayout, needles: readonly number[]): void {
    const { kernel, keyBytes, gramBytes } = group;
    const { stride } = kernels[kernel];
    const { slotBits, longestChain, entries } = layout;
    const tables = this.#tables(group);
    const slots = this.#block.take(wordBytes << slotBits);
    const noEntry = this.#block.take((1 + entries.length) * Entry.words * wordBytes, Entry.words * wordBytes);
    this.#set(descriptor, {
      [Group.kernel]: kernelNames.indexOf(kernel),
      [Group.tables]: tables,
      [Group.factor]: gramFactor(gramBytes),
      [Group.keyMask]: keyMask(keyBytes),
      [Group.slots]: slots,
      [Group.slotShift]: 32 - slotBits,
      [Group.list]: this.#block.take((blockBytes / stride + listSlack) * wordBytes),
      [Group.stepList]: this.#block.take((blockBytes / stepBytes + listSlack) * wordBytes),
      [Group.likelyList]: this.#block.take(likelyBatchBytes + (longestChain + 1) * likelyBytes),
    });
    if (!this.#write) return;
    const { u8, u32 } = this.#memory;
    u32.fill(noEntry, slots >>> 2, (slots >>> 2) + (1 << slotBits));
    // Whatever stands in the text, with its mask it is not 0.
    u8.fill(0xff, noEntry + Entry.mask * wordBytes, noEntry + Entry.back * wordBytes);
    u32[(noEntry >>> 2) + Entry.last] = 1;
    for (const [i, entry] of entries.entries()) {
      const address = noEntry + (1 + i) * Entry.words * wordBytes;
      if (entries[i - 1]?.slot !== entry.slot) u32[(slots >>> 2) + entry.slot] = address;
      this.#entry(address, entry, needles[entry.needle] as number);
      if (entries[i + 1]?.slot !== entry.slot) u32[(address >>> 2) + Entry.last] = 1;
    }
  }

  #entry(address: number, { needle: index, offset }: KeyEntry, needle: number): void {
    const { bytes, masks } = this.#plan.needles[index] as Needle;
    const { u8, u32 } = this.#memory;
    const head = Math.min(Math.max(0, offset - headBefore), Math.max(0, bytes.length - partBytes));
    for (let i = 0; i < partBytes; i++) {
      u8[address + i] = bytes[head + i] ?? 0xff;
      u8[address + partBytes + i] = head + i < bytes.length ? (masks[head + i] ?? 0) : 0xff;
    }
    const word = address >>> 2;
    u32[word + Entry.back] = offset - head;
    u32[word + Entry.needle] = needle;
    u32[word + Entry.offset] = offset;
  }

  #tables(group: NeedleGroup): number {
    const isHash = kernels[group.kernel].nibbles === undefined;
    const address = this.#block.take(isHash ? tableBytes : group.tables.length, blockAlign);
    if (!this.#write) return address;
    const { u8 } = this.#memory;
    if (isHash) for (const slot of tableSlots(group, this.#plan.needles)) u8[address + slot] = 1;
    else u8.set(group.tables, address);
    return address;
  }
}

/**
 * Writes a plan's tables into the memory.
 *
 * @param previous descriptor of a plan that is no longer used: its block is taken over where the new plan fits in
 * @returns address of the descriptor, for `beginLines`
 * @throws LogMatcherError `ERR_LOG_MATCHER_MEMORY` when the memory's bound is reached
 */
export function loadPrefilter(plan: PrefilterPlan, memory: EngineMemory, previous?: number): number {
  const layouts = plan.groups.map((group) => layOutEntries(group, plan));
  const bytes = new PlanWriter(plan, layouts, memory, 0, false).run();
  const kept = previous === undefined ? 0 : (memory.u32[previous >>> 2] as number);
  let descriptor = previous as number;
  if (bytes > kept) {
    const capacity = previous === undefined ? bytes : Math.ceil(bytes * growth);
    descriptor = memory.alloc(capacity, blockAlign);
    memory.u32[descriptor >>> 2] = capacity;
  } else {
    memory.u8.fill(0, descriptor + wordBytes, descriptor + bytes);
  }
  new PlanWriter(plan, layouts, memory, descriptor, true).run();
  return descriptor;
}
