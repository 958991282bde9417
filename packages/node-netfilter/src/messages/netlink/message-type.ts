/**
 * Types of netlink messages (`linux/netlink.h`, `linux/netfilter/nfnetlink.h`, `linux/netfilter/nf_tables.h`, whose own are
 * numbered in the lower byte).
 */
export const messageType = {
  error: 2,
  done: 3,
  batchBegin: 0x10,
  batchEnd: 0x11,
  socketsByFamily: 20,
  socketDestroy: 21,
  newTable: 0x0a00,
  getTable: 0x0a01,
  deleteTable: 0x0a02,
  newChain: 0x0a03,
  getChain: 0x0a04,
  deleteChain: 0x0a05,
  newRule: 0x0a06,
  getRule: 0x0a07,
  deleteRule: 0x0a08,
  newSet: 0x0a09,
  getSet: 0x0a0a,
  deleteSet: 0x0a0b,
  newElements: 0x0a0c,
  getElements: 0x0a0d,
  deleteElements: 0x0a0e,
  newGeneration: 0x0a0f,
  getGeneration: 0x0a10,
  newObject: 0x0a12,
  getObject: 0x0a13,
  deleteObject: 0x0a14,
  destroyElements: 0x0a1e,
} as const;
