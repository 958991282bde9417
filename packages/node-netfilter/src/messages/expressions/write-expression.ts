import type { MessageWriter } from '../netlink/message-writer.ts';
import { expressionAttribute } from './expression-attribute.ts';

/** Writes one expression of a rule's list: its name, and what it needs. */
export function writeExpression(writer: MessageWriter, name: string, writeData: () => void): void {
  const item = writer.beginNest(expressionAttribute.item);
  writer.name(expressionAttribute.name, name);
  const data = writer.beginNest(expressionAttribute.data);
  writeData();
  writer.endNest(data);
  writer.endNest(item);
}
