import type { MessageWriter } from '../netlink/message-writer.ts';
import { counterObject } from '../nftables/counter-format.ts';
import { writeExpression } from './write-expression.ts';

/** `enum nft_objref_attributes`. */
const attribute = { type: 1, name: 2 } as const;

/** Counts packets and bytes in the rule itself, or in a named counter. */
export function writeCount(writer: MessageWriter, counter?: string): void {
  writeExpression(writer, counter === undefined ? 'counter' : 'objref', () => {
    if (counter === undefined) return;
    writer.uint32(attribute.type, counterObject);
    // Without a NUL at its end, as nft sends it.
    writer.data(
      attribute.name,
      Uint8Array.from(counter, (character) => character.charCodeAt(0)),
    );
  });
}
