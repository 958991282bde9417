import { malformed } from '../netlink/malformed.ts';
import { messageType } from '../netlink/message-type.ts';
import type { NetlinkMessage } from '../netlink/read-messages.ts';
import { socketFamilies, socketIdBytes } from './socket-format.ts';

/** A TCP socket of this machine. Shares the message's memory. */
export interface DiagnosedSocket {
  /** The socket's own, which may be 6 where the connection is one of IPv4. */
  readonly family: 4 | 6;
  /** As `net/tcp_states.h` numbers them: 1 is established. */
  readonly state: number;
  readonly localPort: number;
  readonly peerPort: number;
  /** Address of the other end in network order, 4 or 16 bytes; of an IPv4-mapped one the IPv4 address. */
  readonly peer: Uint8Array;
  /** What the kernel knows it by. */
  readonly id: Uint8Array;
}

const idAt = 4;
const peerAt = idAt + 4 + 16;

function isMapped(payload: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 10; i++) if (payload[i] !== 0) return false;
  return payload[at + 10] === 0xff && payload[at + 11] === 0xff;
}

/**
 * Reads what the kernel says of a socket (`linux/inet_diag.h`, `struct inet_diag_msg`).
 *
 * @returns undefined for a message of another type, and for a socket of another family
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED`
 */
export function decodeSocket({ type, payload }: NetlinkMessage): DiagnosedSocket | undefined {
  if (type !== messageType.socketsByFamily) return undefined;
  if (payload.length < idAt + socketIdBytes) throw malformed(`a message of ${payload.length} bytes holds no socket`);
  const family = payload[0] === socketFamilies[4] ? 4 : payload[0] === socketFamilies[6] ? 6 : undefined;
  if (family === undefined) return undefined;
  const isMappedPeer = family === 6 && isMapped(payload, peerAt);
  const from = isMappedPeer ? peerAt + 12 : peerAt;
  return {
    family,
    state: payload[1] as number,
    localPort: ((payload[idAt] as number) << 8) | (payload[idAt + 1] as number),
    peerPort: ((payload[idAt + 2] as number) << 8) | (payload[idAt + 3] as number),
    peer: payload.subarray(from, from + (family === 4 || isMappedPeer ? 4 : 16)),
    id: payload.subarray(idAt, idAt + socketIdBytes),
  };
}
