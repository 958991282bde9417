import type { EngineMemory } from '../engine/engine-memory.ts';
import { gramFactor, keyMask, tableBytes, tableSlots } from './grams.ts';
import { type KernelName, kernelNames, kernels } from './kernels.ts';
import { layOutEntries, longestWay, type SlotTable } from './lay-out-entries.ts';
import {
  blockBytes,
  Descriptor,
  Group,
  likelyBatchBytes,
  listSlack,
  NeedleHead,
  RestKind,
  stepBytes,
} from './layout.ts';
import { PlanBlock, wordBytes } from './plan-block.ts';
import type { Needle, NeedleGroup, PrefilterPlan } from './prefilter-plan.ts';
import { EntryWriter, partBytes, partOf } from './write-entries.ts';

const blockAlign = 64;
/** Bytes for one in the list of likely entries. */
const likelyBytes = 8;
/** A block that takes another's place is so much larger than needed: then plans that grow take few blocks in all. */
const growth = 1.5;

const hasTable = (kernel: KernelName): boolean => kernels[kernel].nibbles === undefined;

function writePlan(block: PlanBlock, plan: PrefilterPlan, tables: readonly SlotTable[]): void {
  const { patternCount, always, needles, groups } = plan;
  const descriptor = block.take(Descriptor.words * wordBytes);
  const bits = new Array<number>(Math.ceil(patternCount / 32)).fill(0);
  block.setWord(descriptor, Descriptor.lineBits, block.words(bits));
  for (const id of always) bits[id >> 5] = (bits[id >> 5] as number) | (1 << (id & 31));
  block.setWord(descriptor, Descriptor.alwaysBits, block.words(bits));
  block.setWord(descriptor, Descriptor.bitWords, bits.length);
  block.setWord(descriptor, Descriptor.alwaysCount, always.length);
  const ids = needles.map(({ patterns }) => block.words(patterns));
  block.setWord(descriptor, Descriptor.needles, block.take(0, partBytes));
  const addresses = needles.map((needle, index) => writeNeedle(block, needle, ids[index] as number));
  block.setWord(descriptor, Descriptor.needlesEnd, block.take(0));
  block.setWord(descriptor, Descriptor.groups, groups.length);
  for (const [index, group] of groups.entries()) {
    const at = descriptor + wordBytes * (Descriptor.firstGroup + index * Group.words);
    writeGroup(block, at, group, plan, tables[index] as SlotTable, addresses);
  }
}

function writeNeedle(block: PlanBlock, needle: Needle, ids: number): number {
  const { bytes, patterns, rest } = needle;
  const head = NeedleHead.words * wordBytes;
  const address = block.take(head + Math.ceil(bytes.length / partBytes) * 2 * partBytes, partBytes);
  block.setWord(address, NeedleHead.ids, ids);
  block.setWord(address, NeedleHead.idsEnd, ids + patterns.length * wordBytes);
  block.setWord(address, NeedleHead.length, bytes.length);
  if (rest !== undefined) {
    block.setWord(address, NeedleHead.restKind, RestKind[rest.side]);
    block.setWord(address, NeedleHead.restLength, rest.bytes.length);
    block.setBytes(address + wordBytes * NeedleHead.restBytes, rest.bytes);
    block.setBytes(address + wordBytes * NeedleHead.restMasks, rest.masks);
  }
  for (let at = 0; at < bytes.length; at += partBytes) block.setBytes(address + head + 2 * at, partOf(needle, at));
  return address;
}

function writeGroup(
  block: PlanBlock,
  descriptor: number,
  group: NeedleGroup,
  { needles }: PrefilterPlan,
  table: SlotTable,
  addresses: readonly number[],
): void {
  const { kernel, keyBytes, gramBytes } = group;
  const { stride } = kernels[kernel];
  const tables = block.take(hasTable(kernel) ? tableBytes : group.tables.length, blockAlign);
  if (hasTable(kernel)) for (const slot of tableSlots(group, needles)) block.setBytes(tables + slot, [1]);
  else block.setBytes(tables, group.tables);
  const list = block.take((blockBytes / stride + listSlack) * wordBytes);
  const stepList = block.take((blockBytes / stepBytes + listSlack) * wordBytes);
  const likelyList = block.take(likelyBatchBytes + (longestWay(table) + 1) * likelyBytes);
  block.setWord(descriptor, Group.kernel, kernelNames.indexOf(kernel));
  block.setWord(descriptor, Group.tables, tables);
  block.setWord(descriptor, Group.factor, gramFactor(gramBytes));
  block.setWord(descriptor, Group.keyMask, keyMask(keyBytes));
  block.setWord(descriptor, Group.slots, new EntryWriter(block, needles, addresses).table(table));
  block.setWord(descriptor, Group.slotShift, 32 - table.bits);
  block.setWord(descriptor, Group.list, list);
  block.setWord(descriptor, Group.stepList, stepList);
  block.setWord(descriptor, Group.likelyList, likelyList);
}

/**
 * Writes a plan's tables into the memory.
 *
 * @param previous descriptor of a plan that is no longer used: its block is taken over where the new plan fits in
 * @returns address of the descriptor, for `beginLines`
 * @throws LogMatcherError `ERR_LOG_MATCHER_MEMORY` when the memory's bound is reached
 */
export function loadPrefilter(plan: PrefilterPlan, memory: EngineMemory, previous?: number): number {
  const tables = plan.groups.map((group) => layOutEntries(group, plan));
  const measured = new PlanBlock(0);
  writePlan(measured, plan, tables);
  const { bytes } = measured;
  if (previous !== undefined && bytes <= (memory.u32[previous >>> 2] as number)) {
    memory.u8.fill(0, previous + wordBytes, previous + bytes);
    writePlan(new PlanBlock(previous, memory), plan, tables);
    return previous;
  }
  const capacity = previous === undefined ? bytes : Math.ceil(bytes * growth);
  const descriptor = memory.alloc(capacity, blockAlign);
  memory.u32[descriptor >>> 2] = capacity;
  writePlan(new PlanBlock(descriptor, memory), plan, tables);
  return descriptor;
}
