import type { Clock, Metrics, RejectSink } from '@sluice/pipeline';
import type { NetfilterOptions } from '../netfilter/netfilter-options.ts';

/** Options of `openBlocklist`. */
export interface BlocklistOptions extends NetfilterOptions {
  /** Name of the `inet` table, which belongs to this block list alone. Default `sluice`. */
  readonly table?: string;
  /**
   * Where packets are looked at. `prerouting` sees forwarded ones too, so containers are covered; `input` only those for
   * this machine; `ingress` those that `devices` take in, before all else. Default `prerouting`.
   */
  readonly hook?: 'prerouting' | 'input' | 'ingress';
  /** Devices, at least one, for the hook `ingress`. */
  readonly devices?: readonly string[];
  /** Place in the hook. Default -310 at prerouting (before conntrack, which makes a drop cheap), -10 at input, -500 at ingress. */
  readonly priority?: number;
  /** What a blocked one gets: silence, an ICMP error, or (TCP only, others silence) a reset. Default `drop`. */
  readonly deny?: 'drop' | 'reject' | 'reset';
  /**
   * What becomes of a blocked one's running TCP connections. `none`: nothing they send arrives, and nobody is told.
   * `reset`: their next segment is answered by a reset, so that the other side ends. `kill`: this machine's sockets are
   * destroyed (SOCK_DESTROY), which needs netlink. Default `none`.
   */
  readonly cut?: 'none' | 'reset' | 'kill';
  /**
   * Whether answers to connections that this machine began are let through; needs the hook `input`, behind conntrack.
   * Default false: a blocked network is silent in every way.
   */
  readonly passEstablished?: boolean;
  /**
   * `shared`: all lists in one set for each prefix length, the name of the list as comment. `per-list`: sets for each
   * list, behind a set of all, so that each can be looked at and emptied on its own. Default `shared`.
   */
  readonly layout?: 'shared' | 'per-list';
  /** Leading bits of an IPv4 address that are blocked when none are named. Default 32: that address. */
  readonly ipv4Prefix?: number;
  /**
   * Leading bits of an IPv6 address that are blocked when none are named. Default 64: one subscriber has at least that
   * many addresses, so that to block a single one (128) is to block none.
   */
  readonly ipv6Prefix?: number;
  /** Networks that the table lets pass whatever is blocked, besides loopback and IPv6 link-local. Default none. */
  readonly allow?: readonly string[];
  /** Most elements in a set; more are refused. Default no limit. */
  readonly maxElements?: number;
  /** Whether packets and bytes are counted for each network. Default false: for all together only. */
  readonly elementCounters?: boolean;
  /**
   * Whether the table belongs to this process alone, so that not even `nft flush ruleset` removes it (flags `owner` and
   * `persist`, Linux 6.9, netlink only). An administrator cannot change it by hand then. Default false.
   */
  readonly protect?: boolean;
  /** What is done when it is closed: see `Blocklist.close`. Default `keep`. */
  readonly onStop?: 'keep' | 'flush' | 'delete';
  /** Pause between two looks whether somebody else changed the table. Default 250. */
  readonly watchIntervalMs?: number;
  /** Most elements in one transaction. Default 1000, where an element costs least. */
  readonly maxBatch?: number;
  /** Closes it when aborted. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly rejects?: RejectSink;
  readonly metrics?: Metrics;
}
