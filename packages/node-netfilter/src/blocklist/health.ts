import type { NodeNetfilterError } from '../node-netfilter-error.ts';

/** How a block list is. */
export interface Health {
  /**
   * `ok`: the kernel has what it was told. `repairing`: somebody else changed the table, and it is being put back.
   * `failing`: it could not be put back, and is tried again. `closed`: it was closed.
   */
  readonly state: 'ok' | 'repairing' | 'failing' | 'closed';
  /** Why, in one sentence; absent when all is well. */
  readonly reason?: string;
  readonly error?: NodeNetfilterError;
  /** When it became so, in milliseconds since the epoch. */
  readonly sinceMs: number;
  /** How often it was put back since it was opened. */
  readonly repairs: number;
}
