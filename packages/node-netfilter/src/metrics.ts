/** Counters of this package. */
export const nodeNetfilterMetrics = {
  /** Transactions that were put into effect. */
  commits: 'node_netfilter_commits_total',
  /** Transactions that were refused as a whole. */
  refusedCommits: 'node_netfilter_refused_commits_total',
  /** Operations on a block list that are in effect. */
  appliedOps: 'node_netfilter_applied_ops_total',
  /** Operations on a block list that failed. */
  failedOps: 'node_netfilter_failed_ops_total',
  /** Blocks that ended because their time was over. */
  expiredBlocks: 'node_netfilter_expired_blocks_total',
  /** Times that a block list was put back because somebody else had changed it. */
  repairs: 'node_netfilter_repairs_total',
  /** Connections that were cut. */
  cutConnections: 'node_netfilter_cut_connections_total',
} as const;
