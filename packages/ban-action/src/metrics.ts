/** Counters of this package. */
export const banActionMetrics = {
  /** Events that are in effect. */
  applied: 'ban_action_applied_events_total',
  /** Events that the backend could not bring into effect. */
  failed: 'ban_action_failed_events_total',
  /** Events dropped because too many waited. */
  dropped: 'ban_action_dropped_events_total',
  /** Calls of the backend, each for up to `maxBatch` events. */
  commits: 'ban_action_commits_total',
} as const;
