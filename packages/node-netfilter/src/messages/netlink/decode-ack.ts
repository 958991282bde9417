import { Attributes } from './attributes.ts';
import { isLittleEndian } from './is-little-endian.ts';
import { malformed } from './malformed.ts';
import { messageFlag } from './message-flag.ts';
import { messageType } from './message-type.ts';
import type { NetlinkMessage } from './read-messages.ts';

const requestHeaderBytes = 16;
const messageText = 1;
const guiltyOffset = 2;

/** What the kernel says of a request. */
export interface Ack {
  /** Number of the message that it is about. */
  readonly seq: number;
  /** Error number; 0 when it was done. */
  readonly errno: number;
  /** Where in the request's message the attribute is that was refused, counted from the message's start. */
  readonly offset?: number;
  /** The kernel's own words. */
  readonly text?: string;
}

/** Where attributes begin: behind the error number, and behind the request's message, of which there may be all. */
function attributesAt({ type, flags, payload }: NetlinkMessage, view: DataView): number {
  if (type === messageType.done) return 4;
  if (payload.length < 4 + requestHeaderBytes)
    throw malformed(`an answer of ${payload.length} bytes lacks its request`);
  if ((flags & messageFlag.capped) !== 0) return 4 + requestHeaderBytes;
  const length = view.getUint32(4, isLittleEndian);
  return 4 + ((Math.max(length, requestHeaderBytes) + 3) & ~3);
}

/**
 * Reads `NLMSG_ERROR`, which also says that all is well, and `NLMSG_DONE`, which ends a dump (`linux/netlink.h`,
 * `struct nlmsgerr`, `enum nlmsgerr_attrs`).
 *
 * @returns undefined for a message of another type
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED`
 */
export function decodeAck(message: NetlinkMessage): Ack | undefined {
  const { type, flags, seq, payload } = message;
  if (type !== messageType.error && type !== messageType.done) return undefined;
  // The kernel need not say how a dump ended.
  if (type === messageType.done && payload.length < 4) return { seq, errno: 0 };
  if (payload.length < 4) throw malformed(`an answer of ${payload.length} bytes lacks its error number`);
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const errno = Math.max(0, -view.getInt32(0, isLittleEndian));
  const start = attributesAt(message, view);
  if ((flags & messageFlag.ackAttributes) === 0 || start >= payload.length) return { seq, errno };
  const attributes = new Attributes(payload.subarray(start));
  const text = attributes.text(messageText);
  const offset = attributes.data(guiltyOffset);
  return {
    seq,
    errno,
    ...(offset?.length === 4 && {
      offset: new DataView(offset.buffer, offset.byteOffset, 4).getUint32(0, isLittleEndian),
    }),
    ...(text !== undefined && { text }),
  };
}
