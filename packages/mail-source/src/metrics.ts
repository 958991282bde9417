/**
 * Names of the counters, for those who read them.
 *
 * `found = emitted + filtered + rejected + gone`, whenever no mail is being read.
 */
export const metricNames = {
  /** Mails and other files in `cur` and `new` that were looked at, each once however often it was renamed. */
  found: 'mail_source_found_mails_total',
  emitted: 'mail_source_emitted_mails_total',
  /** Mails that a filter left out. */
  filtered: 'mail_source_filtered_mails_total',
  /** What is no mail or could not be read. */
  rejected: 'mail_source_rejected_mails_total',
  /** Mails that were removed before they were read. */
  gone: 'mail_source_gone_mails_total',
  /** Mails that were not found under their name any more; they were looked for under another. */
  renamed: 'mail_source_renamed_mails_total',
  /** Reports about mails that are emitted all the same, and about folders. */
  flaws: 'mail_source_reported_flaws_total',
  /** Bytes read for headers and hashes; bodies that are asked for later are not counted. */
  bytes: 'mail_source_read_bytes_total',
  /** Times that a folder was listed. */
  listings: 'mail_source_listed_folders_total',
} as const;
