import { NodeNetfilterError, type NodeNetfilterErrorCode } from '../node-netfilter-error.ts';
import type { Command } from '../ruleset/command.ts';
import type { CommandFault } from '../ruleset/command-fault.ts';
import { BatchWriter } from './batch-writer.ts';
import { type BatchPart, locate } from './locate.ts';
import { isLittleEndian } from './netlink/is-little-endian.ts';
import { writeCommand } from './write-command.ts';

const bytesOfCommand = 256;
const bytesOfElement = 48;
const codePrefix = 'ERR_NODE_NETFILTER_';

export interface BatchOptions {
  /** Number of the first message; the others count on from it. */
  readonly firstSeq: number;
  /** The kernel is to refuse the batch unless the ruleset is still of this generation. */
  readonly ifGeneration?: number;
  /** The kernel is to check the batch and to change nothing. Default false. */
  readonly check?: boolean;
  /** Each element gets a message of its own, so that the kernel tells the fault of each. Default false. */
  readonly everyFault?: boolean;
  /** Whether this kernel knows `NFT_MSG_DESTROYSETELEM` (Linux 6.3). */
  readonly destroyElements: boolean;
}

/** Where in the commands something lies. */
export interface BatchPlace {
  /** Index of the command. */
  readonly command: number;
  /** Index of the element in it, where it is in one. */
  readonly element?: number;
  /** What the attribute there is; undefined where no offset was given. */
  readonly part?: BatchPart;
}

/** A transaction as it goes to the kernel. */
export interface EncodedBatch {
  /** A buffer of its own. */
  readonly bytes: Uint8Array;
  /** Number of the last message. The next batch may begin behind it. */
  readonly lastSeq: number;
  /** Number of the message that the kernel answers when all is well; undefined without commands that do anything. */
  readonly ackSeq: number | undefined;
  /**
   * What the kernel's answer is about.
   *
   * @param offset that of the answer (`Ack.offset`)
   * @returns undefined when the message with this number is of no command
   */
  locate(seq: number, offset: number | undefined): BatchPlace | undefined;
}

function initialBytes(commands: readonly Command[]): number {
  let bytes = bytesOfCommand;
  for (const command of commands) {
    bytes += bytesOfCommand;
    if ('elements' in command) bytes += command.elements.length * bytesOfElement;
  }
  return bytes;
}

/** Writes all commands; what cannot be written of them is thrown together. */
function writeCommands(batch: BatchWriter, commands: readonly Command[], options: BatchOptions): void {
  const faults: CommandFault[] = [];
  for (const [index, command] of commands.entries()) {
    batch.command = index;
    try {
      writeCommand(batch, command, options, faults);
    } catch (error) {
      if (!(error instanceof NodeNetfilterError)) throw error;
      faults.push({ command: index, error });
    }
  }
  const [first] = faults;
  if (first === undefined) return;
  const { code, message, value } = first.error;
  const more = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;
  const shortCode = code.slice(codePrefix.length) as NodeNetfilterErrorCode;
  throw new NodeNetfilterError(shortCode, `${message}${more}`, { value, faults });
}

/**
 * Writes commands as one transaction, which the kernel takes in one `send` and puts into effect as a whole or not at all
 * (`linux/netfilter/nfnetlink.h`, `linux/netfilter/nf_tables.h`).
 *
 * Only the last command's message asks for an answer; a refused one is answered all the same. More elements than an
 * attribute holds (64 KiB) go into several messages.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_KEY`, `…_NAME` or `…_OPTION`, with all that cannot be written in `faults`
 */
export function encodeBatch(commands: readonly Command[], options: BatchOptions): EncodedBatch {
  const { firstSeq, ifGeneration, check = false } = options;
  const batch = new BatchWriter(firstSeq >>> 0, initialBytes(commands), ifGeneration);
  writeCommands(batch, commands, options);
  batch.acknowledge();
  if (!check) batch.finish();
  const { writer, records, lastSeq } = batch;
  const bytes = writer.bytes.subarray(0, writer.length);
  // The first message is the mark of the begin.
  const indexOf = (seq: number): number => ((seq - firstSeq) >>> 0) - 1;
  return {
    bytes,
    lastSeq,
    ackSeq: records.length === 0 ? undefined : (firstSeq + records.length) >>> 0,
    locate(seq, offset) {
      const record = records[indexOf(seq)];
      if (record === undefined) return undefined;
      const { command, start, firstElement } = record;
      if (offset === undefined) return { command };
      const length = new DataView(bytes.buffer).getUint32(start, isLittleEndian);
      const { part, element } = locate(bytes.subarray(start, start + length), offset);
      return { command, part, ...(element !== undefined && { element: firstElement + element }) };
    },
  };
}
