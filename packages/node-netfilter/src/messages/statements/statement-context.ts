import type { Family } from '../../ruleset/family.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import type { PacketTests } from './packet-tests.ts';

/** What a statement is written with. */
export interface StatementContext {
  readonly writer: MessageWriter;
  /** The table's. */
  readonly family: Family;
  readonly tests: PacketTests;
}
