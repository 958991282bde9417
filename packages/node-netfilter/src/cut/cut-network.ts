import type { BlockedPort } from '../blocklist/block-op.ts';

/** Whose connections are cut. */
export interface CutNetwork {
  /** Without the length of the prefix. */
  readonly address: string;
  readonly family: 4 | 6;
  /** Leading bits that count: 0 to 32 or 128. */
  readonly prefix: number;
  /** Only connections to this port of ours; one of UDP has none. Default: all. */
  readonly port?: BlockedPort | undefined;
}
