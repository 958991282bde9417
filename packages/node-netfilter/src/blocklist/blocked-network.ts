import type { BlockedPort } from './block-op.ts';

/** What the kernel blocks now. */
export interface BlockedNetwork {
  /** Canonical, without the length of the prefix. */
  readonly address: string;
  readonly family: 4 | 6;
  /** Leading bits that count. */
  readonly prefix: number;
  /** Milliseconds until the kernel lets it in again; absent when it never will. */
  readonly expiresInMs?: number;
  readonly list?: string;
  /** Absent: all traffic. */
  readonly port?: BlockedPort;
  /** Only with `elementCounters`. */
  readonly packets?: bigint;
  readonly bytes?: bigint;
}
