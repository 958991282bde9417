/** Counters of the store. */
export const banStoreMetrics = {
  /** Transactions that were made durable. */
  flushed: 'ban_policy_store_flushed_transactions_total',
  /** Transactions that failed; what they held is part of the next one. */
  failed: 'ban_policy_store_failed_transactions_total',
  /** Records written or removed. */
  written: 'ban_policy_store_written_records_total',
  /** Records of the past that were forgotten because of their age. */
  purged: 'ban_policy_store_purged_records_total',
  /** Past bans that were not remembered because the data has `maxHistoryBytes`. */
  unremembered: 'ban_policy_store_unremembered_bans_total',
  /** Times that a record was met that cannot be read. */
  damaged: 'ban_policy_store_damaged_records_total',
} as const;
