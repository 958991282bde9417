import type { MessageWriter } from '../netlink/message-writer.ts';
import { writeExpression } from './write-expression.ts';

/** A place in a packet. */
export interface PacketField {
  readonly base: 'network' | 'transport';
  readonly offset: number;
  readonly byteLength: number;
}

/** `enum nft_payload_bases`. */
const bases = { network: 1, transport: 2 } as const;

/** `enum nft_payload_attributes`. */
const attribute = { register: 1, base: 2, offset: 3, length: 4 } as const;

/** Loads bytes of a packet. */
export function writePayload(writer: MessageWriter, { base, offset, byteLength }: PacketField, register: number): void {
  writeExpression(writer, 'payload', () => {
    writer.uint32(attribute.register, register);
    writer.uint32(attribute.base, bases[base]);
    writer.uint32(attribute.offset, offset);
    writer.uint32(attribute.length, byteLength);
  });
}
