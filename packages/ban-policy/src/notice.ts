import type { Ban, Failure, Prolonged } from '@sluice/pipeline';
import type { IgnoreRule, Suspect } from './ignore/suspect.ts';

/** A ban that would have been over at its beginning. */
export type ExpiredBan = Pick<Ban, 'id' | 'address' | 'timeMs' | 'banTimeMs' | 'endMs'>;

/** What is held against one who was banned before: `bantime.increment` counts its failures as more than one. */
export interface BadCount {
  /** How often it was banned. */
  readonly bans: number;
  /** Retries that this failure counts as. */
  readonly retries: number;
  /** {@link retries} as fail2ban prints it: `2.0`, `5`. */
  readonly retriesText: string;
  /** Whether that alone is `maxRetry`: `, Ban`. */
  readonly reached: boolean;
}

/** What a policy tells besides its decisions, in the order things happen: what fail2ban writes to its log. */
export type PolicyNotice =
  /**
   * A failure is counted: `[jail] Found ID - TIME`. Comes before the decision that it may lead to. With `badCount`,
   * `[jail] Found ID, bad - TIME, bans # -> retries[, Ban]` besides.
   */
  | { readonly kind: 'found'; readonly jail: string; readonly failure: Failure; readonly badCount?: BadCount }
  /** A failure by hand is counted: `[jail] Attempt ID - TIME`. */
  | { readonly kind: 'attempt'; readonly jail: string; readonly id: string; readonly timeMs: number }
  /**
   * A failure, attempt or restored ban is not taken because of who it is from: `[jail] Ignore ID by ignoreself rule`,
   * `… by ip`. fail2ban logs nothing where the rule is `cache`.
   */
  | { readonly kind: 'ignored'; readonly jail: string; readonly failure: Suspect; readonly by: IgnoreRule }
  /** A ban is not decided because it would be over: `[jail] Ignore ID, expired bantime`. */
  | { readonly kind: 'expired'; readonly jail: string; readonly ban: ExpiredBan }
  /**
   * `bantime.increment` changes the length of a ban: `[jail] IP ID is bad: n # last TIME - incr A to B` with the number of
   * bans before and the time of the last, and `[jail] Increase Ban ID (n+1 # B -> END)`. Comes before the event.
   */
  | {
      readonly kind: 'prolonged';
      readonly jail: string;
      readonly ban: Prolonged;
      readonly last: { readonly count: number; readonly timeMs: number };
      /** The jail's own length of a ban. */
      readonly banTimeMs: number;
    }
  /** A failure is not counted because its line was. fail2ban has no such message. */
  | { readonly kind: 'repeated'; readonly jail: string; readonly failure: Failure };

/** Where notices go. An RxJS `Subject<PolicyNotice>` is one. */
export interface NoticeSink {
  next(notice: PolicyNotice): void;
}
