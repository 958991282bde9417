/** An item that a component could not use: reported, counted, never fatal. */
export interface Reject {
  /** Package that rejects, without scope: `fail2ban-filter`. */
  readonly component: string;
  /** Stable reason for programs: `ERR_FAIL2BAN_FILTER_ADDRESS`. */
  readonly code: string;
  /** Reason for people, one line. */
  readonly reason: string;
  /** Path of the source that the item came from, where there is one. */
  readonly path?: string;
  /** Byte offset of the item's line in the source. */
  readonly offset?: number;
  /** The item, or its beginning. */
  readonly value?: unknown;
}

/** Where rejects go. An RxJS `Subject<Reject>` is one. */
export interface RejectSink {
  next(reject: Reject): void;
}

/** Keeps the last `max` rejects and counts all: a bounded default where nobody subscribes. */
export function ringRejects(max: number): RejectSink & { readonly last: readonly Reject[]; readonly total: number } {
  const last: Reject[] = [];
  let total = 0;
  return {
    last,
    get total() {
      return total;
    },
    next(reject) {
      total += 1;
      last.push(reject);
      if (last.length > max) last.shift();
    },
  };
}
