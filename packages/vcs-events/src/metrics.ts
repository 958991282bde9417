/** Names of the counters, for those who read them. */
export const metricNames = {
  /** Commits read from the program. `read = emitted + filtered`. */
  read: 'vcs_events_read_commits_total',
  emitted: 'vcs_events_emitted_commits_total',
  /** Commits that a filter left out. */
  filtered: 'vcs_events_filtered_commits_total',
  /** Bytes of the program's output. */
  bytes: 'vcs_events_read_bytes_total',
  /** Reports to `rejects`; their commits are emitted all the same. */
  rejects: 'vcs_events_rejected_items_total',
  /** Times that following found a ref or the newest revision moved. */
  moves: 'vcs_events_moved_refs_total',
} as const;
