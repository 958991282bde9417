import { NodeNetfilterError } from '../node-netfilter-error.ts';
import type { AddElements, Command, DeleteElements } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import type { BatchWriter } from './batch-writer.ts';
import { messageFlag } from './netlink/message-flag.ts';
import { messageType } from './netlink/message-type.ts';
import { writeChain, writeChainDeletion, writeChainFlush } from './nftables/write-chain.ts';
import { writeCounter } from './nftables/write-counter.ts';
import { writeElements } from './nftables/write-elements.ts';
import { writeRule } from './nftables/write-rule.ts';
import { writeSet, writeSetDeletion, writeSetFlush } from './nftables/write-set.ts';
import { writeTable, writeTableDeletion } from './nftables/write-table.ts';

/** What of a batch's options matters to its commands. */
interface CommandOptions {
  readonly everyFault?: boolean;
  readonly destroyElements: boolean;
}

/**
 * Writes one command.
 *
 * @param faults takes those of elements that cannot be written
 */
export function writeCommand(
  batch: BatchWriter,
  command: Command,
  options: CommandOptions,
  faults: CommandFault[],
): void {
  switch (command.kind) {
    case 'add-table':
      writeTable(batch, command.table);
      break;
    case 'delete-table':
      writeTableDeletion(batch, command.table);
      break;
    case 'add-chain':
      writeChain(batch, command.chain);
      break;
    case 'flush-chain':
      writeChainFlush(batch, command.chain);
      break;
    case 'delete-chain':
      writeChainDeletion(batch, command.chain);
      break;
    case 'add-rule':
      writeRule(batch, command.rule);
      break;
    case 'add-counter':
      writeCounter(batch, command.counter);
      break;
    case 'add-set':
      writeSet(batch, command.set);
      break;
    case 'flush-set':
      writeSetFlush(batch, command.set);
      break;
    case 'delete-set':
      writeSetDeletion(batch, command.set);
      break;
    case 'add-elements':
      addElements(batch, command, options, faults);
      break;
    case 'delete-elements':
      deleteElements(batch, command, options, faults);
      break;
    default:
      throw new NodeNetfilterError('OPTION', `there is no command ${String((command as Command).kind)}`);
  }
}

function addElements(
  batch: BatchWriter,
  { set, elements, ifPresent }: AddElements,
  { everyFault: isOneEach = false }: CommandOptions,
  faults: CommandFault[],
): void {
  const flags = messageFlag.create | (ifPresent === 'refuse' ? messageFlag.excl : 0);
  writeElements(batch, { type: messageType.newElements, flags, set, elements, isAddition: true, isOneEach }, faults);
}

function deleteElements(
  batch: BatchWriter,
  { set, elements, ifAbsent }: DeleteElements,
  { everyFault: isOneEach = false, destroyElements }: CommandOptions,
  faults: CommandFault[],
): void {
  const common = { set, elements, isAddition: false, isOneEach };
  if (ifAbsent === 'ignore' && destroyElements) {
    writeElements(batch, { ...common, type: messageType.destroyElements, flags: 0 }, faults);
    return;
  }
  if (ifAbsent === 'ignore') {
    // What was added just before is there to be deleted, and what was there already as well.
    writeElements(batch, { ...common, type: messageType.newElements, flags: messageFlag.create }, faults);
    if (faults.length > 0) return;
  }
  writeElements(batch, { ...common, type: messageType.deleteElements, flags: 0 }, faults);
}
