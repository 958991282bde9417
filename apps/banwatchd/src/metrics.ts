/** Counters of the daemon itself; those of its parts have the parts' names. */
export const daemonMetrics = {
  /** Items of any part that could not be used. */
  rejects: 'banwatchd_rejected_items_total',
  /** Bans and unbans that the system refused. */
  refused: 'banwatchd_refused_decisions_total',
} as const;
