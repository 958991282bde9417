/** Counters of this package: added to once a chunk. */
export const filterMetrics = {
  /** Lines read. */
  lines: 'fail2ban_filter_read_lines_total',
  /** Bytes read, line breaks included. */
  bytes: 'fail2ban_filter_read_bytes_total',
  /** Lines that the prefilter did not rule out; all lines where it cannot be used. */
  candidates: 'fail2ban_filter_candidate_lines_total',
  /** Failures emitted. */
  failures: 'fail2ban_filter_found_failures_total',
  /** Lines that an ignoreregex took back. */
  ignored: 'fail2ban_filter_ignored_lines_total',
  /** Matched lines that were older than `findTimeMs`, or undated, when the log was read for the first time. */
  old: 'fail2ban_filter_old_lines_total',
  /** Matched lines just written whose date was over a minute off, counted as of now. */
  shifted: 'fail2ban_filter_shifted_lines_total',
  /** Matched lines without a date that can be read. */
  undated: 'fail2ban_filter_undated_lines_total',
  /** Matched lines that only told something of their session. */
  auxiliary: 'fail2ban_filter_session_lines_total',
  /** Matched lines that were rejected. */
  rejected: 'fail2ban_filter_rejected_lines_total',
  /** Failures of host names handed out to be looked up; what becomes of each is counted as failures or as rejected. */
  named: 'fail2ban_filter_named_failures_total',
  /** Sessions forgotten before their time because there were too many. */
  evicted: 'fail2ban_filter_evicted_sessions_total',
} as const;

export type FilterCounts = Record<keyof typeof filterMetrics, number>;

export const noCounts = (): FilterCounts => ({
  lines: 0,
  bytes: 0,
  candidates: 0,
  failures: 0,
  ignored: 0,
  old: 0,
  shifted: 0,
  undated: 0,
  auxiliary: 0,
  rejected: 0,
  named: 0,
  evicted: 0,
});
