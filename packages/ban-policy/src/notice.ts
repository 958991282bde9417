import type { Ban, Failure } from '@sluice/pipeline';

/** A ban that would have been over at its beginning. */
export type ExpiredBan = Pick<Ban, 'id' | 'address' | 'timeMs' | 'banTimeMs' | 'endMs'>;

/** What a policy tells besides its decisions, in the order things happen: what fail2ban writes to its log. */
export type PolicyNotice =
  /** A failure is counted: `[jail] Found ID - TIME`. Comes before the decision that it may lead to. */
  | { readonly kind: 'found'; readonly jail: string; readonly failure: Failure }
  /** A failure is not counted because of who it is from: `[jail] Ignore ID by ignoreself rule`, `… by ip`. */
  | { readonly kind: 'ignored'; readonly jail: string; readonly failure: Failure; readonly by: 'self' | 'ip' }
  /** A ban is not decided because it would be over: `[jail] Ignore ID, expired bantime`. */
  | { readonly kind: 'expired'; readonly jail: string; readonly ban: ExpiredBan }
  /** A failure is not counted because its line was. fail2ban has no such message. */
  | { readonly kind: 'repeated'; readonly jail: string; readonly failure: Failure };

/** Where notices go. An RxJS `Subject<PolicyNotice>` is one. */
export interface NoticeSink {
  next(notice: PolicyNotice): void;
}
