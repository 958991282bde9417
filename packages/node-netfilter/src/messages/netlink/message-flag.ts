/** Flags of a netlink message (`linux/netlink.h`, netlink(7)). */
export const messageFlag = {
  request: 0x1,
  multi: 0x2,
  ack: 0x4,
  /** In a dump's answers: what is dumped changed meanwhile. */
  dumpInterrupted: 0x10,
  excl: 0x200,
  dump: 0x300,
  create: 0x400,
  append: 0x800,
  /** In an answer: of the request only the header follows. */
  capped: 0x100,
  /** In an answer: attributes say more about the error. */
  ackAttributes: 0x200,
} as const;
