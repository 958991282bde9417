/**
 * - `new`: no delivery was tried yet;
 * - `deferred`: tried, and to be tried again;
 * - `frozen`: not tried until it is thawed;
 * - `delivering`: Exim works on it now (`lockedBy`), whatever it was before;
 * - `damaged`: its envelope cannot be read; `problem` says why.
 */
export type QueueState = 'new' | 'deferred' | 'frozen' | 'delivering' | 'damaged';

export interface QueueRecipient {
  /** The address as the spool has it, in UTF-8. */
  readonly address: string;
  readonly isDelivered: boolean;
  /** Where its bounces go, when not to the sender. */
  readonly errorsTo?: string;
  /** Original recipient of RFC 3461, as `rfc822;user@host`. */
  readonly originalRecipient?: string;
  /** What the last attempt came to, in the words of the message's log; only with `fields: ['reasons']`. */
  readonly reason?: string;
}

/** Where a message came from. */
export interface QueueHost {
  readonly address: string;
  readonly port?: number;
  /** Name that its address resolves to, verified by Exim. */
  readonly name?: string;
  /** Name that it gave itself. */
  readonly helo?: string;
}

/** What is wrong with a message's files, as `exim -bp` says it. */
export interface SpoolProblem {
  /**
   * - `read`: -H cannot be read (`reason` is the system's word for it);
   * - `envelope`: -H is damaged before the headers, so nothing else of it is known;
   * - `headers`: the envelope is sound, the headers are not;
   * - `body`: there is no -D.
   */
  readonly kind: 'read' | 'envelope' | 'headers' | 'body';
  /** Size of -H in bytes, where it was read. */
  readonly sizeBytes?: number;
  readonly reason: string;
}

/** A message in the queue, as its files told when they were read. Plain data: `JSON.stringify` gives all of it. */
export interface QueueEntry {
  /** `TTTTTT-PPPPPP-SS` or, from Exim 4.97 on, `TTTTTT-PPPPPPPPPPP-SSSS`. */
  readonly id: string;
  /** Name of its queue; `''` is the main one. */
  readonly queue: string;
  /** It was put aside by `move_frozen_messages` (in `Finput`), where `exim -bp` does not see it. */
  readonly isAside: boolean;
  readonly state: QueueState;
  /** When it was received, milliseconds since the epoch: -H's time; the id's where -H cannot be read. */
  readonly receivedMs: number;
  /** Envelope sender; `''` for a bounce, and where the envelope cannot be read. */
  readonly sender: string;
  /** A message with an empty sender, which no bounce may answer. */
  readonly isBounce: boolean;
  readonly recipients: readonly QueueRecipient[];
  /**
   * Size as `exim -bp` shows it: headers, body and one more byte; 0 when -D is missing. Absent unless `fields` has
   * `'size'`, and where it cannot be known.
   */
  readonly sizeBytes?: number;
  /** Since when it is frozen, milliseconds since the epoch, whole seconds. */
  readonly frozenSinceMs?: number;
  /** Process that has the message locked: it is being delivered or changed. Only with `fields: ['locks']`. */
  readonly lockedBy?: number;
  /** Warnings about its delay that were sent so far. */
  readonly warnings: number;
  /** Login of the user that received or submitted it. */
  readonly login: string;
  /** A user who is not trusted chose the sender: `exim -bp` then shows the login. */
  readonly isSenderUntrusted: boolean;
  readonly host?: QueueHost;
  /** Name that the sender authenticated as. */
  readonly authId?: string;
  /** `esmtps`, `local` and the like. */
  readonly protocol?: string;
  /** Headers by name in lower case, unfolded, in UTF-8, as they stand (encoded words are not decoded); those asked for. */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  readonly problem?: SpoolProblem;
}
