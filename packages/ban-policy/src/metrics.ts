/** Counters of this package. */
export const banPolicyMetrics = {
  /** Failures that came in. */
  received: 'ban_policy_received_failures_total',
  /** Failures of an own or allowed address or id. */
  ignored: 'ban_policy_ignored_failures_total',
  /** Failures whose line was counted before. */
  duplicate: 'ban_policy_duplicate_failures_total',
  /** Failures without a usable time, or with an id that is too long. */
  rejected: 'ban_policy_rejected_failures_total',
  /** Failures that came while more than `maxWaiting` waited. */
  dropped: 'ban_policy_dropped_failures_total',
  /** Ids that were forgotten before their time because more than `maxTracked` were failing. */
  forgotten: 'ban_policy_forgotten_ids_total',
  /** Bans decided, restored ones included. */
  banned: 'ban_policy_banned_events_total',
  /** Bans whose length `increment` changed. */
  prolonged: 'ban_policy_prolonged_bans_total',
  /** Times that a banned one failed enough to be banned again. */
  alreadyBanned: 'ban_policy_already_banned_events_total',
  /** Bans that were over before they were decided. */
  expired: 'ban_policy_expired_events_total',
  /** Bans ended, by time or by hand. */
  unbanned: 'ban_policy_unbanned_events_total',
  /** Bans ended early because more than `maxBans` stood. */
  evicted: 'ban_policy_evicted_bans_total',
  /** Standing bans that `BanActivities` forgot because more than `maxStanding` stood. */
  forgottenActivities: 'ban_policy_forgotten_activities_total',
} as const;
