import type { MessageWriter } from '../netlink/message-writer.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_meta_keys`, those in use. */
export const metaKey = { etherType: 1, inputInterface: 4, networkProtocol: 15, transportProtocol: 16 } as const;

/** `enum nft_meta_attributes`. */
const attribute = { register: 1, key: 2 } as const;

/** Loads something that is known of a packet. */
export function writeMeta(writer: MessageWriter, key: number, register: number): void {
  writeExpression(writer, 'meta', () => {
    writer.uint32(attribute.register, register);
    writer.uint32(attribute.key, key);
  });
}
