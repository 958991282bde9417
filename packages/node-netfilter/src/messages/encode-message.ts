import type { Family } from '../ruleset/family.ts';
import { messageFlag } from './netlink/message-flag.ts';
import { MessageWriter } from './netlink/message-writer.ts';
import { checkFamily } from './nftables/family-number.ts';

/** One message that asks for something, in a buffer of its own. */
export function encodeMessage(
  type: number,
  flags: number,
  seq: number,
  family: Family | undefined,
  writeAttributes: (writer: MessageWriter) => void = () => undefined,
): Uint8Array {
  const writer = new MessageWriter(256);
  const start = writer.begin({
    type,
    flags: flags | messageFlag.request,
    seq: seq >>> 0,
    family: family === undefined ? 0 : checkFamily(family),
  });
  writeAttributes(writer);
  writer.end(start);
  return writer.bytes.subarray(0, writer.length);
}
