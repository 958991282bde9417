import { type KeyLayout, keyLayout } from '../../keys/key-layout.ts';
import { NodeNetfilterError } from '../../node-netfilter-error.ts';
import type { NftSet, SetRef } from '../../ruleset/set.ts';
import type { BatchWriter } from '../batch-writer.ts';
import { expressionAttribute } from '../expressions/expression-attribute.ts';
import { messageFlag } from '../netlink/message-flag.ts';
import { messageType } from '../netlink/message-type.ts';
import type { MessageWriter } from '../netlink/message-writer.ts';
import { checkName } from './check-name.ts';
import { elementsAttribute } from './element-format.ts';
import { flagBits } from './flag-bits.ts';
import { setAttribute, setDescription, setFlags, setKindFlag } from './set-format.ts';

function checkSize(maxElements: number): number {
  if (Number.isInteger(maxElements) && maxElements >= 1 && maxElements <= 0xffffffff) return maxElements;
  throw new NodeNetfilterError('OPTION', `maxElements must be an integer from 1 to 4294967295, not ${maxElements}`, {
    value: maxElements,
  });
}

/** A set of ranges over several fields is told how long each of them is. */
function writeDescription(
  writer: MessageWriter,
  layout: KeyLayout,
  isRangesOfFields: boolean,
  maxElements: number | undefined,
): void {
  if (!isRangesOfFields && maxElements === undefined) return;
  const description = writer.beginNest(setAttribute.description);
  if (maxElements !== undefined) writer.uint32(setDescription.size, checkSize(maxElements));
  if (isRangesOfFields) {
    const fields = writer.beginNest(setDescription.concatenation);
    for (const { byteLength } of layout.fields) {
      const field = writer.beginNest(setDescription.field);
      writer.uint32(setDescription.fieldLength, byteLength);
      writer.endNest(field);
    }
    writer.endNest(fields);
  }
  writer.endNest(description);
}

export function writeSet(batch: BatchWriter, set: NftSet): void {
  const { family, table, key, flags = [], counters = false, maxElements } = set;
  const { writer } = batch;
  const layout = keyLayout(key);
  const isRangesOfFields = flags.includes('interval') && key.length > 1;
  const start = batch.begin(messageType.newSet, messageFlag.create, family);
  writer.name(setAttribute.table, checkName('table', table));
  writer.name(setAttribute.name, checkName('set', set.set));
  const bits = flagBits('set', flags, setFlags) | (isRangesOfFields ? setKindFlag.concatenation : 0);
  writer.uint32(setAttribute.flags, bits);
  writer.uint32(setAttribute.keyType, layout.id);
  writer.uint32(setAttribute.keyLength, layout.byteLength);
  writeDescription(writer, layout, isRangesOfFields, maxElements);
  writer.uint32(setAttribute.id, batch.nextSetId());
  if (counters) {
    const expression = writer.beginNest(setAttribute.expression);
    writer.name(expressionAttribute.name, 'counter');
    writer.emptyNest(expressionAttribute.data);
    writer.endNest(expression);
  }
  batch.end(start);
}

export function writeSetDeletion(batch: BatchWriter, { family, table, set }: SetRef): void {
  const start = batch.begin(messageType.deleteSet, 0, family);
  batch.writer.name(setAttribute.table, checkName('table', table));
  batch.writer.name(setAttribute.name, checkName('set', set));
  batch.end(start);
}

/** Deletes all elements: a deletion that names none. */
export function writeSetFlush(batch: BatchWriter, { family, table, set }: SetRef): void {
  const start = batch.begin(messageType.deleteElements, 0, family);
  batch.writer.name(elementsAttribute.table, checkName('table', table));
  batch.writer.name(elementsAttribute.set, checkName('set', set));
  batch.end(start);
}
