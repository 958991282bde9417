import type { MessageWriter } from '../netlink/message-writer.ts';
import { register } from './register.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_ct_keys`, those in use. */
export const connectionKey = { state: 0, direction: 1 } as const;

/** `enum nft_ct_attributes`. */
const attribute = { register: 1, key: 2 } as const;

/** Loads what conntrack knows of a packet's connection. */
export function writeConnection(writer: MessageWriter, key: number): void {
  writeExpression(writer, 'ct', () => {
    writer.uint32(attribute.register, register.first);
    writer.uint32(attribute.key, key);
  });
}
