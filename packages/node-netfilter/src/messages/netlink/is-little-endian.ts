/** Whether this machine's integers begin with the lowest byte: netlink headers are in the machine's own order. */
export const isLittleEndian: boolean = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
