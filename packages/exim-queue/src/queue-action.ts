/** What can be done to messages, always by Exim itself. */
export type QueueAction =
  /** `-Mrm`: removes it; no bounce is sent. */
  | { readonly kind: 'remove' }
  /** `-Mf`: no delivery is tried until it is thawed. */
  | { readonly kind: 'freeze' }
  /** `-Mt`: deliveries are tried again. */
  | { readonly kind: 'thaw' }
  /** `-M`: tries a delivery now, frozen or not. */
  | { readonly kind: 'deliver' }
  /** `-Mg`: gives up: a bounce goes to the sender. */
  | { readonly kind: 'bounce' }
  /** `-Mmd`, or `-Mmad` for all: recipients count as delivered. */
  | { readonly kind: 'markDelivered'; readonly recipients: readonly string[] | 'all' }
  /** `-Mar`. */
  | { readonly kind: 'addRecipients'; readonly recipients: readonly string[] }
  /** `-Mes`: `''` makes it a bounce. */
  | { readonly kind: 'editSender'; readonly sender: string }
  /** `-MG`: moves it to a named queue, `''` for the main one. */
  | { readonly kind: 'move'; readonly queue: string };

/**
 * - `done`: Exim said, or the spool shows, that it is done;
 * - `unchanged`: it was so already, or a delivery was tried and the message is still there as it was;
 * - `gone`: the message was not in the queue any more;
 * - `locked`: Exim works on it, after all retries;
 * - `skipped`: nothing was done to it: the filter does not hold any more (recheck), or there was an abort before its turn;
 * - `denied`: this user may not;
 * - `failed`: Exim refused, `detail` has its words;
 * - `would`: a dry run.
 */
export type ActionResult = 'done' | 'unchanged' | 'gone' | 'locked' | 'skipped' | 'denied' | 'failed' | 'would';

/** What became of one message. Exactly one comes for each id that went in. */
export interface ActionOutcome {
  readonly id: string;
  readonly queue: string;
  readonly action: QueueAction['kind'];
  readonly result: ActionResult;
  /** Exim's own words, or what the spool showed; one line. */
  readonly detail: string;
}
