const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const headerBytes = 16;

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Whether a datagram holds the end of a dump: NLMSG_DONE, or an error instead of it (netlink(7)). */
export function endsDump(datagram: Uint8Array): boolean {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  let at = 0;
  while (at + headerBytes <= datagram.length) {
    const length = view.getUint32(at, isLittleEndian);
    const type = view.getUint16(at + 4, isLittleEndian);
    if (type === NLMSG_ERROR || type === NLMSG_DONE) return true;
    // Nothing can be read behind a length that cannot be; what is to decode the datagram says so.
    if (length < headerBytes) return true;
    at += (length + 3) & ~3;
  }
  return datagram.length < headerBytes;
}
