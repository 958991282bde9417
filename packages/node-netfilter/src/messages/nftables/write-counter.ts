import type { NamedCounter } from '../../ruleset/named-counter.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import { checkName } from './check-name.ts';
import { counterAttribute, counterObject, objectAttribute } from './counter-format.ts';

export function writeCounter(batch: BatchWriter, named: NamedCounter): void {
  const { family, table, counter, packets = 0n, bytes = 0n } = named;
  const { writer } = batch;
  const start = batch.begin(messageType.newObject, messageFlag.create, family);
  writer.name(objectAttribute.table, checkName('table', table));
  writer.name(objectAttribute.name, checkName('counter', counter));
  writer.uint32(objectAttribute.type, counterObject);
  const data = writer.beginNest(objectAttribute.data);
  writer.uint64(counterAttribute.bytes, bytes);
  writer.uint64(counterAttribute.packets, packets);
  writer.endNest(data);
  batch.end(start);
}
