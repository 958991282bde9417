/**
 * Names of the counters, for those who read them.
 *
 * `found = emitted + filtered + gone + rejected`, whenever no listing is under way. A watch counts its changes instead.
 */
export const metricNames = {
  /** Messages whose -H was found. */
  found: 'exim_queue_found_messages_total',
  emitted: 'exim_queue_emitted_messages_total',
  /** Messages that a filter left out. */
  filtered: 'exim_queue_filtered_messages_total',
  /** Messages that left the queue before they were read. */
  gone: 'exim_queue_gone_messages_total',
  /** Damaged messages that were reported and not emitted. */
  rejected: 'exim_queue_rejected_messages_total',
  /** Files of messages, opened to list or show them. */
  files: 'exim_queue_opened_files_total',
  bytes: 'exim_queue_read_bytes_total',
  /** Times that an Exim was run to list, show or change messages. */
  runs: 'exim_queue_exim_runs_total',
  /** Outcomes of actions, whatever their result. */
  acted: 'exim_queue_acted_messages_total',
  /** Those of them that are `failed` or `denied`. */
  failedActions: 'exim_queue_failed_actions_total',
  changes: 'exim_queue_emitted_changes_total',
  /** Changes that only the comparison of the folders found. */
  missedChanges: 'exim_queue_missed_changes_total',
  /** Messages that a watch tells nothing of, because there are more than it may remember. */
  untracked: 'exim_queue_untracked_messages_total',
  /** Messages of which a watch forgot what the main log said, because it was too much before their files told. */
  forgottenLogNotes: 'exim_queue_forgotten_log_notes_total',
  logLines: 'exim_queue_log_lines_total',
  rejectedLogLines: 'exim_queue_rejected_log_lines_total',
} as const;
