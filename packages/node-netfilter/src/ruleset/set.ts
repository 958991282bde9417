import type { TableRef } from './table.ts';

/** Type of a key, or of one part of it, as `nft` names it. */
export type KeyType = 'ipv4_addr' | 'ipv6_addr' | 'inet_proto' | 'inet_service';

/**
 * `timeout`: elements may end in time. `interval`: elements may be ranges; every change from user space then costs more
 * the more elements there are. `constant`: nothing changes once it is in a rule. `dynamic`: rules add to it.
 */
export type SetFlag = 'timeout' | 'interval' | 'constant' | 'dynamic';

/** Which set, and how its keys read. */
export interface SetRef extends TableRef {
  readonly set: string;
  /**
   * More than one is a concatenation: `203.0.113.9 . tcp . 22`. Empty when read of a set that has another type; its keys
   * read as `0x…`.
   */
  readonly key: readonly KeyType[];
  readonly flags?: readonly SetFlag[];
}

/** A set as it is to be, or as the kernel has it. */
export interface NftSet extends SetRef {
  /** Most elements (nft: `size`). */
  readonly maxElements?: number;
  /** Whether each element counts packets and bytes. */
  readonly counters?: boolean;
  readonly handle?: bigint;
  /**
   * How many elements it holds, those included whose time has just ended; only when read, where the kernel tells it (Linux
   * 6.15) and netlink is used. Of a set of ranges it is only about right.
   */
  readonly elementCount?: number;
}
