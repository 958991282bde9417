/** Names of the counters, for those who read them. */
export const metricNames = {
  /**
   * Activities that a sink was given. `taken = written + kept + removed + skipped + rejected`,
   * for sessions `taken = joined + skipped + rejected`.
   */
  taken: 'ical_sink_taken_activities_total',
  /** Events written that were not there before, or not in this form. */
  written: 'ical_sink_written_events_total',
  /** Events that stood in the calendar already, byte for byte or in a later form. */
  kept: 'ical_sink_kept_events_total',
  /** Events taken out of a calendar. */
  removed: 'ical_sink_removed_events_total',
  /** Removals of what was not there, and activities that a later one with the same uid replaced before it was written. */
  skipped: 'ical_sink_skipped_activities_total',
  /** Activities that went to `rejects`. */
  rejected: 'ical_sink_rejected_activities_total',
  /** Bytes written to files. */
  bytes: 'ical_sink_written_bytes_total',
  /** Activities that became part of a session. */
  joined: 'ical_sink_joined_activities_total',
  /** Sessions that were closed because more than `maxOpen` were open. */
  evictedSessions: 'ical_sink_evicted_sessions_total',
  /** Events dropped from a feed because it held more than `maxEvents`. */
  dropped: 'ical_sink_dropped_events_total',
  /** Requests that a feed answered. */
  requests: 'ical_sink_answered_requests_total',
  /** Requests sent to a CalDAV server, each attempt counted. */
  sent: 'ical_sink_sent_requests_total',
} as const;
