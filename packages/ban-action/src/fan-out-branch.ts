import type { BanBackend } from './ban-backend.ts';

/** One backend of several. */
export interface FanOutBranch {
  readonly backend: BanBackend;
  /** False: when it cannot start or apply, the others decide whether all is well. Default true. */
  readonly required?: boolean;
  /**
   * Longest time that the others wait for this one, where it is not required. What takes longer goes on by itself, and
   * what comes meanwhile waits for its turn; the outcomes say at once that it is late. Default 5000.
   */
  readonly maxWaitMs?: number;
  /** Most events that a late one has before it. A batch for which there is no room is dropped. Default 100,000. */
  readonly maxLate?: number;
}
