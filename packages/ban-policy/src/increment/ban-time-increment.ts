/** fail2ban's `bantime.increment`, its parts written as in a jail. */
export interface BanTimeIncrement {
  /** What a ban is multiplied with, an expression without `ban`. Default `1`. */
  readonly factor?: string;
  /**
   * Length of a ban in seconds, in Python's arithmetic: `ban.Time` is the jail's own, `ban.Count` how many bans were before,
   * `banFactor` the factor. Never below `ban.Time`. Default `ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor`.
   */
  readonly formula?: string;
  /** In place of the formula: what the first repeated ban is multiplied with stands second, and the last goes for all after. */
  readonly multipliers?: readonly string[] | string;
  /** Longest ban; `Infinity` is none. Default none. */
  readonly maxTimeMs?: number;
  /** Up to so much is added by chance, so that nobody can tell when a ban ends. Default 0. */
  readonly rndTimeMs?: number;
  /** Count the bans of all jails that share the store. Default false. */
  readonly overallJails?: boolean;
}
