import type { QueueHost } from '../queue-entry.ts';

/** What every line of the main log tells. */
interface LogLine {
  /** Milliseconds since the epoch; whole seconds unless Exim logs with `+millisec`. */
  readonly timeMs: number;
  /** Process that wrote it, with Exim's `+pid`. */
  readonly pid?: number;
  /** Path of the log. */
  readonly path: string;
  /** Byte offset of the line in the log. */
  readonly offset: number;
}

/** What a line about a message tells. */
interface MessageLine extends LogLine {
  /** The message's id. */
  readonly id: string;
}

/** What a line about one recipient tells. */
interface RecipientLine extends MessageLine {
  /** The recipient as the envelope has it: of an alias, the address that the alias stands for. */
  readonly recipient: string;
  /** Where it went, as Exim writes it: the local part of a local delivery, a member of an alias, a pipe. */
  readonly address: string;
  /** Named queue that it was tried from; absent for the main one. */
  readonly queue?: string;
  readonly router?: string;
  readonly transport?: string;
  /** The host that it went to, with its answer where Exim logs it (`+smtp_confirmation`). */
  readonly host?: QueueHost;
  readonly answer?: string;
}

/** `<=`: a message was accepted. */
export interface MessageArrived extends MessageLine {
  readonly kind: 'arrived';
  /** `''` for a bounce. */
  readonly sender: string;
  /** The message that this one is about: a bounce names what it bounces. */
  readonly parentId?: string;
  readonly host?: QueueHost;
  /** Login of who submitted it, or what the other side's ident server said. */
  readonly user?: string;
  readonly protocol?: string;
  /** Name that the sender authenticated as; where Exim logs it, else the authenticator. */
  readonly authId?: string;
  readonly sizeBytes?: number;
  /** Message-ID as the sender wrote it, without `<>`. */
  readonly messageId?: string;
  /** With `+subject`: as Exim logs it, which is decoded, characters that do not print written as `\n` or `\033`. */
  readonly subject?: string;
  /** With `+received_recipients`. */
  readonly recipients?: readonly string[];
  /** Named queue that it went to; absent for the main one. */
  readonly queue?: string;
  /** `(=`: the other side was told that it was refused. */
  readonly isFakeReject: boolean;
}

/** `=>`, `->`, `>>`, `*>`: a recipient is done with. */
export interface RecipientDelivered extends RecipientLine {
  readonly kind: 'delivered';
  /** `additional`: by the same transaction as the one before; `suppressed`: not really, as Exim was told (`-N`). */
  readonly how: 'normal' | 'additional' | 'cutthrough' | 'suppressed';
}

/** `**`: a recipient failed for good. */
export interface RecipientFailed extends RecipientLine {
  readonly kind: 'failed';
  readonly reason: string;
}

/** `==`: a recipient is to be tried again. */
export interface RecipientDeferred extends RecipientLine {
  readonly kind: 'deferred';
  /** Exim's own, negative, or the system's error number. */
  readonly errorNumber?: number;
  readonly reason: string;
}

/** A message was frozen, or thawed. */
export interface MessageFrozen extends MessageLine {
  readonly kind: 'frozen' | 'thawed';
  /** A login, or what of Exim did it, such as `auto-thaw`. */
  readonly by?: string;
  readonly reason?: string;
}

/** A message left the queue: `completed` all is done, `removed` by an administrator, who is told before `completed`. */
export interface MessageCompleted extends MessageLine {
  readonly kind: 'completed';
}

/** `removed`: taken away without a bounce; `cancelled`: given up on, its recipients fail. Then comes `completed`. */
export interface MessageRemoved extends MessageLine {
  readonly kind: 'removed' | 'cancelled';
  readonly by: string;
}

/** An administrator changed the recipients. */
export interface RecipientChanged extends MessageLine {
  readonly kind: 'markedDelivered' | 'recipientAdded';
  readonly recipient: string;
  readonly by: string;
}

/** An administrator changed the sender. */
export interface SenderChanged extends MessageLine {
  readonly kind: 'senderChanged';
  /** The new one; `''` for none. */
  readonly sender: string;
  readonly by: string;
}

/** Where a message lies: the queue's name, `''` for the main one, and whether it is put aside (`Finput`). */
export interface LoggedPlace {
  readonly queue: string;
  readonly isAside: boolean;
}

/** A message went to another queue, or was put aside. */
export interface MessageMoved extends MessageLine {
  readonly kind: 'moved';
  readonly from: LoggedPlace;
  readonly to: LoggedPlace;
}

/**
 * A message was not worked on: `locked` another process has it, `skipped` it is frozen, `damaged` its files cannot be read.
 */
export interface MessagePassedOver extends MessageLine {
  readonly kind: 'locked' | 'skipped' | 'damaged';
  /** Exim's words. */
  readonly reason: string;
}

/** A run over the whole queue. */
export interface QueueRun extends LogLine {
  readonly kind: 'queueRun';
  readonly phase: 'start' | 'end' | 'abandon';
  /** `''` for the main one. */
  readonly queue: string;
  /** Options of the run, and what else Exim says of it. */
  readonly detail: string;
}

/** Any other line. */
export interface OtherLine extends LogLine {
  readonly kind: 'other';
  /** When it begins with one. */
  readonly id?: string;
  /** What stands behind time, process and id. */
  readonly text: string;
}

/**
 * A line of Exim's main log. Plain data.
 *
 * `kind`, `id` and `timeMs` come from the line's beginning, which only Exim writes. What follows holds text of strangers:
 * Exim does not quote all of it (a Message-ID, a HELO where junk is accepted, a remote server's answer), so that `host`,
 * `messageId`, `subject`, `recipients` and `reason` are as trustworthy as who sent them.
 */
export type MainlogEvent =
  | MessageArrived
  | RecipientDelivered
  | RecipientFailed
  | RecipientDeferred
  | MessageFrozen
  | MessageCompleted
  | MessageRemoved
  | RecipientChanged
  | SenderChanged
  | MessageMoved
  | MessagePassedOver
  | QueueRun
  | OtherLine;

export type MainlogKind = MainlogEvent['kind'];
