import type { MessageWriter } from '../netlink/message-writer.ts';
import { dataAttribute } from '../nftables/element-format.ts';
import { register } from './register.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_bitwise_attributes`. */
const attribute = { source: 1, destination: 2, length: 3, mask: 4, xor: 5 } as const;

/** Keeps of the first register only the bits of a mask. */
export function writeMask(writer: MessageWriter, mask: Uint8Array): void {
  writeExpression(writer, 'bitwise', () => {
    writer.uint32(attribute.source, register.first);
    writer.uint32(attribute.destination, register.first);
    writer.uint32(attribute.length, mask.length);
    for (const [type, value] of [
      [attribute.mask, mask],
      [attribute.xor, new Uint8Array(mask.length)],
    ] as const) {
      const data = writer.beginNest(type);
      writer.data(dataAttribute.value, value);
      writer.endNest(data);
    }
  });
}
