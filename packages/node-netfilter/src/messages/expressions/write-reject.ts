import type { MessageWriter } from '../netlink/message-writer.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_reject_types`. */
export const rejectType = { icmp: 0, tcpReset: 1, anyIcmp: 2 } as const;

/** `enum nft_reject_attributes`. */
const attribute = { type: 1, code: 2 } as const;

/** Drops the packet and tells its sender. */
export function writeReject(writer: MessageWriter, type: number, code: number): void {
  writeExpression(writer, 'reject', () => {
    writer.uint32(attribute.type, type);
    writer.byte(attribute.code, code);
  });
}
