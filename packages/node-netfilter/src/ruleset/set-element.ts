/** An element as it is to be, or as the kernel has it. */
export interface SetElement {
  /**
   * As `nft` writes it: `203.0.113.7`, `2001:db8::1`, `tcp`, `22`; parts of a concatenation joined by ` . `; in an
   * interval set also `10.0.0.0/8` and `10.0.0.1-10.0.0.9`.
   */
  readonly key: string;
  /** Whole length of its time; absent where it has no end. */
  readonly timeoutMs?: number;
  /** What is left of its time; only when read. */
  readonly expiresInMs?: number;
  /** At most 127 bytes. */
  readonly comment?: string;
  /** Only when read, and only where the set counts. */
  readonly packets?: bigint;
  readonly bytes?: bigint;
}
