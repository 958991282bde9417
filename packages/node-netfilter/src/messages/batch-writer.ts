import type { Family } from '../ruleset/family.ts';
import { messageFlag } from './netlink/message-flag.ts';
import { messageType } from './netlink/message-type.ts';
import { MessageWriter } from './netlink/message-writer.ts';
import { checkFamily } from './nftables/family-number.ts';

/** nfnetlink's number of nf_tables, which marks whose batch it is. */
const nftables = 10;
const generationAttribute = 1;

/** Where a message of a batch begins, and what it is about. */
export interface MessageRecord {
  readonly start: number;
  /** Index of the command. */
  readonly command: number;
  /** Index of the first element in it; -1 for a message without elements. */
  readonly firstElement: number;
}

/** Writes the messages of one transaction (`linux/netfilter/nfnetlink.h`) and remembers what each is about. */
export class BatchWriter {
  readonly writer: MessageWriter;
  /** One for each message between the marks of begin and end, in their order. */
  readonly records: MessageRecord[] = [];
  readonly firstSeq: number;
  /** Index of the command that is being written. */
  command = 0;
  #seq: number;
  #sets = 0;

  constructor(firstSeq: number, initialBytes: number, ifGeneration?: number) {
    this.writer = new MessageWriter(initialBytes);
    this.firstSeq = firstSeq;
    this.#seq = firstSeq;
    const start = this.#mark(messageType.batchBegin);
    if (ifGeneration !== undefined) this.writer.uint32(generationAttribute, ifGeneration);
    this.writer.end(start);
  }

  /** Number of the last message. */
  get lastSeq(): number {
    return (this.#seq - 1) >>> 0;
  }

  /** A number for a set, which no other set of the batch has. */
  nextSetId(): number {
    return ++this.#sets;
  }

  /** Begins a message, and gives where. */
  begin(type: number, flags: number, family: Family, firstElement = -1): number {
    const start = this.writer.begin({
      type,
      flags: flags | messageFlag.request,
      seq: this.#nextSeq(),
      family: checkFamily(family),
    });
    this.records.push({ start, command: this.command, firstElement });
    return start;
  }

  end(start: number): void {
    this.writer.end(start);
  }

  /** Asks for an answer to the last message, which is one to the whole batch. */
  acknowledge(): void {
    const last = this.records.at(-1);
    if (last !== undefined) this.writer.addFlag(last.start, messageFlag.ack);
  }

  /** Without it the kernel checks the batch and changes nothing. */
  finish(): void {
    this.writer.end(this.#mark(messageType.batchEnd));
  }

  #mark(type: number): number {
    return this.writer.begin({
      type,
      flags: messageFlag.request,
      seq: this.#nextSeq(),
      family: 0,
      resource: nftables,
    });
  }

  #nextSeq(): number {
    const seq = this.#seq;
    this.#seq = (this.#seq + 1) >>> 0;
    return seq;
  }
}
