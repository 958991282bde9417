/** What came of one request. */
export interface Exchange {
  /** Error number of `send`; 0 when it was taken. */
  readonly errno: number;
  /** What the kernel answered, a datagram each. */
  readonly datagrams: readonly Uint8Array[];
  /** Whether answers were lost because the receive buffer was full (ENOBUFS). */
  readonly overrun: boolean;
}

export interface ExchangeOptions {
  /**
   * When the answer is whole: `drained` when nothing more is queued, `dump` when NLMSG_DONE or an error came.
   * Default `drained`: the kernel has queued its answers to a request when `send` returns.
   */
  readonly until?: 'drained' | 'dump';
  /** The request takes microseconds at any time (GETGEN), so that it need not leave the event loop. Default false. */
  readonly isQuick?: boolean;
}

/** A netlink socket. One request at a time: the next one waits for the answer to the one before. */
export interface NetlinkSocket {
  /** Ours, which the kernel puts into what it tells of our changes. */
  readonly portId: number;
  /** Largest request in bytes. */
  readonly maxRequestBytes: number;
  exchange(request: Uint8Array, options?: ExchangeOptions): Promise<Exchange>;
  /** Finishes what was asked before. May wait for another process's commit, as the kernel then looks for tables to remove. */
  close(): Promise<void>;
}

/** One that is told what happens. */
export interface NetlinkListener {
  /** What has come since the last time, or a part of it; nothing when that was all. Does not wait. */
  receive(): Promise<Omit<Exchange, 'errno'>>;
  close(): Promise<void>;
}

/** Opens sockets. The real one is `koffiSockets`; tests open theirs in another network namespace. */
export interface NetlinkSockets {
  /** @param protocol 12 NETLINK_NETFILTER, 4 NETLINK_SOCK_DIAG (netlink(7)) */
  open(protocol: number): Promise<NetlinkSocket>;
  /** @param groupMask multicast groups, bit n - 1 for group n */
  listen(protocol: number, groupMask: number): Promise<NetlinkListener>;
}
