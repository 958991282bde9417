import type { NodeNetfilterError } from '../node-netfilter-error.ts';

/** A port of a protocol that has ports. */
export interface BlockedPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** A network that is to be blocked. */
export interface Block {
  /**
   * `203.0.113.7`, `2001:db8::1` or `198.51.100.0/24`. An address without a length gets that of `ipv4Prefix` or
   * `ipv6Prefix`; host bits are cleared; an IPv4-mapped IPv6 address is its IPv4 address.
   */
  readonly network: string;
  /**
   * From now on. Absent, `Infinity` or more than a hundred years: until it is unblocked. 0 or less: its time is over, so
   * it is let in.
   */
  readonly timeoutMs?: number;
  /**
   * Whose block it is: a jail's name, say. In the layout `shared` it is the element's comment; in `per-list` it says which
   * list's sets the network goes to. Default `''`. Quotes, backslashes and control characters become `_`, and what is
   * longer than 127 bytes is cut: so nft prints it.
   */
  readonly list?: string;
  /** Only these; at most 64. Default: all traffic. */
  readonly ports?: readonly BlockedPort[];
}

/**
 * A change to what is blocked. A block is known by its network, each of its ports, and in the layout `per-list` by its list:
 * `unblock` lets in what was blocked with the same ones.
 */
export type BlockOp = (Block & { readonly kind: 'block' }) | (Omit<Block, 'timeoutMs'> & { readonly kind: 'unblock' });

/** What became of an operation. */
export interface BlockOutcome {
  readonly op: BlockOp;
  /** Whether the kernel is now as the operation says. */
  readonly ok: boolean;
  readonly error?: NodeNetfilterError;
}
