/** What fail2ban's `status` shows of a jail. */
export interface PolicyStatus {
  /** Ids that failed within the find time. */
  readonly currentlyFailed: number;
  /** Failures counted since the beginning. */
  readonly totalFailed: number;
  readonly currentlyBanned: number;
  /** Bans decided since the beginning, restored ones included. */
  readonly totalBanned: number;
}
