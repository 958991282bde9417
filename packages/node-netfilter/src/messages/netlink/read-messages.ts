import { isLittleEndian } from './is-little-endian.ts';
import { malformed } from './malformed.ts';

const headerBytes = 16;

/** One message of a datagram. */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly seq: number;
  /** Port id of the socket that caused it; 0 when the kernel did. */
  readonly portId: number;
  /** What follows the header. Shares the datagram's memory. */
  readonly payload: Uint8Array;
}

/**
 * The messages of a datagram (RFC 3549, section 2.3.2), in linear time, nothing read outside.
 *
 * @throws NodeNetfilterError `ERR_NODE_NETFILTER_MALFORMED` behind the last whole message
 */
export function* readMessages(datagram: Uint8Array): Generator<NetlinkMessage, void, undefined> {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  let at = 0;
  while (at < datagram.length) {
    const rest = datagram.length - at;
    if (rest < headerBytes) throw malformed(`a message of ${rest} bytes is shorter than its header`);
    const length = view.getUint32(at, isLittleEndian);
    if (length < headerBytes || length > rest) throw malformed(`a message says that it has ${length} of ${rest} bytes`);
    yield {
      type: view.getUint16(at + 4, isLittleEndian),
      flags: view.getUint16(at + 6, isLittleEndian),
      seq: view.getUint32(at + 8, isLittleEndian),
      portId: view.getUint32(at + 12, isLittleEndian),
      payload: datagram.subarray(at + headerBytes, at + length),
    };
    // The last message of a datagram need not be padded.
    at += (length + 3) & ~3;
  }
}
