import type { Family } from './family.ts';

/** Which table. */
export interface TableRef {
  readonly family: Family;
  /** A letter, then letters, digits, `_`, `-`, `.` and `/`; at most 127 characters. */
  readonly table: string;
}

/** `owner`: only the socket that made it changes it. `persist`: it stays when that socket is gone. `dormant`: asleep. */
export type TableFlag = 'dormant' | 'owner' | 'persist';

/** A table as it is to be, or as the kernel has it. */
export interface Table extends TableRef {
  readonly flags?: readonly TableFlag[];
  /** Kernel's number of it; only when read. */
  readonly handle?: bigint;
  /** Port id of the netlink socket that owns it; only when read, and only where one does. */
  readonly ownerPortId?: number;
}
