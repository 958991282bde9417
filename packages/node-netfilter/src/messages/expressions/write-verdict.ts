import type { MessageWriter } from '../netlink/message-writer.ts';
import { register } from './register.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_verdicts` and those of `linux/netfilter.h`. */
export const verdicts = { drop: 0, accept: 1, jump: -3, goto: -4, return: -5 } as const;

/** `enum nft_immediate_attributes`, `enum nft_data_attributes`, `enum nft_verdict_attributes`. */
const attribute = { register: 1, data: 2, verdict: 2, code: 1, chain: 2 } as const;

/** Ends the rule: what becomes of the packet, or in which chain it goes on. */
export function writeVerdict(writer: MessageWriter, code: number, chain?: string): void {
  writeExpression(writer, 'immediate', () => {
    writer.uint32(attribute.register, register.verdict);
    const data = writer.beginNest(attribute.data);
    const verdict = writer.beginNest(attribute.verdict);
    writer.uint32(attribute.code, code);
    if (chain !== undefined) writer.name(attribute.chain, chain);
    writer.endNest(verdict);
    writer.endNest(data);
  });
}
