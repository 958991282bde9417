import type { Table, TableRef } from '../../ruleset/table.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import { checkName } from './check-name.ts';
import { flagBits } from './flag-bits.ts';
import { tableAttribute, tableFlags } from './table-format.ts';

/** Without flags those of a table that is there stay as they are. */
export function writeTable(batch: BatchWriter, { family, table, flags }: Table): void {
  const name = checkName('table', table);
  const bits = flags === undefined ? undefined : flagBits('table', flags, tableFlags);
  const start = batch.begin(messageType.newTable, messageFlag.create, family);
  batch.writer.name(tableAttribute.name, name);
  if (bits !== undefined) batch.writer.uint32(tableAttribute.flags, bits);
  batch.end(start);
}

export function writeTableDeletion(batch: BatchWriter, { family, table }: TableRef): void {
  const name = checkName('table', table);
  const start = batch.begin(messageType.deleteTable, 0, family);
  batch.writer.name(tableAttribute.name, name);
  batch.end(start);
}
