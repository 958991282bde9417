import type { Rule } from '../../ruleset/rule.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import { PacketTests } from '../statements/packet-tests.ts';
import { writeStatement } from '../statements/write-statement.ts';
import { checkName } from './check-name.ts';
import { ruleAttribute } from './rule-format.ts';
import { commentData } from './user-data.ts';

/** Writes a rule, which is appended: without that flag the kernel puts it in front of all others. */
export function writeRule(batch: BatchWriter, { family, table, chain, statements, comment }: Rule): void {
  const { writer } = batch;
  const start = batch.begin(messageType.newRule, messageFlag.create | messageFlag.append, family);
  writer.name(ruleAttribute.table, checkName('table', table));
  writer.name(ruleAttribute.chain, checkName('chain', chain));
  const list = writer.beginNest(ruleAttribute.expressions);
  const tests = new PacketTests(writer, family);
  for (const statement of statements) writeStatement({ writer, family, tests }, statement);
  writer.endNest(list);
  if (comment !== undefined && comment !== '') writer.data(ruleAttribute.userData, commentData(comment));
  batch.end(start);
}
