import type { TableRef } from './table.ts';

export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'ingress' | 'egress';

/** Which chain. */
export interface ChainRef extends TableRef {
  readonly chain: string;
}

/** Where a base chain sees packets. */
export interface ChainBase {
  readonly type: 'filter' | 'nat' | 'route';
  readonly hook: Hook;
  /** Lower comes first. conntrack's is -200 at prerouting. */
  readonly priority: number;
  /** Devices, which `ingress` and `egress` need: at least one. */
  readonly devices?: readonly string[];
  /** What becomes of a packet that no rule decides about. Default `accept`. */
  readonly policy?: 'accept' | 'drop';
}

/** A chain as it is to be, or as the kernel has it. */
export interface Chain extends ChainRef {
  /** Absent for a chain that others jump to. */
  readonly base?: ChainBase;
  readonly handle?: bigint;
}
