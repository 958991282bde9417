import type { MessageWriter } from '../netlink/message-writer.ts';
import { register } from './register.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_lookup_attributes`. */
const attribute = { set: 1, register: 2 } as const;

/** Goes on only when a set has what is in the registers from the first on. */
export function writeLookup(writer: MessageWriter, set: string): void {
  writeExpression(writer, 'lookup', () => {
    writer.name(attribute.set, set);
    writer.uint32(attribute.register, register.first);
  });
}
