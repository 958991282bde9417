import type { MessageWriter } from '../netlink/message-writer.ts';
import { dataAttribute } from '../nftables/element-format.ts';
import { register } from './register.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_cmp_ops`, those in use. */
export const comparison = { equal: 0, notEqual: 1, atMost: 3, atLeast: 5 } as const;

/** `enum nft_cmp_attributes`. */
const attribute = { register: 1, operator: 2, data: 3 } as const;

/** Goes on only when what is in the first register compares so. */
export function writeCompare(writer: MessageWriter, operator: number, ...value: readonly number[]): void {
  writeExpression(writer, 'cmp', () => {
    writer.uint32(attribute.register, register.first);
    writer.uint32(attribute.operator, operator);
    const data = writer.beginNest(attribute.data);
    writer.data(dataAttribute.value, Uint8Array.from(value));
    writer.endNest(data);
  });
}
