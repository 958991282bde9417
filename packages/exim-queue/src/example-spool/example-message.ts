import type { QueueHost } from '../queue-entry.ts';

/** A recipient with more than an address. */
export interface ExampleRecipient {
  readonly address: string;
  /** RFC 3461, as `rfc822;user@host`. */
  readonly originalRecipient?: string;
  /** What the sender wants to be told of. Default: nothing was said. */
  readonly notify?: 'never' | readonly ('success' | 'failure' | 'delay')[];
  /** Where its bounces go. Default: to the sender. */
  readonly errorsTo?: string;
  /** Index of the recipient that it was made of by a redirection with `one_time`. Default: none; 0 in an old form. */
  readonly parent?: number;
  /** Writes only address and parent, as an early Exim 4 or Exim 3 did. Default: as Exim writes today. */
  readonly form?: 'exim-4.0' | 'exim-3';
}

/** A header with a kind of its own; a text's kind comes from its name. */
export interface ExampleHeader {
  /** Exim's letter for it; `*` is one that was replaced and is not sent. Default: that of its name. */
  readonly letter?: string;
  /** Name, colon and value, folded as it is to be, with the break at the end or without; bytes where it is not UTF-8. */
  readonly text: string | Uint8Array;
}

/**
 * - `empty-header-file`, `cut-envelope`, `cut-headers`: -H ends too early;
 * - `garbage`: -H is something else; `nuls`: its second half is NULs, as after a crash of the machine;
 * - `wrong-length`: a header is longer than its count says;
 * - `no-header-file`, `no-body-file`: -H or -D is missing.
 */
export type ExampleDamage =
  | 'empty-header-file'
  | 'cut-envelope'
  | 'cut-headers'
  | 'garbage'
  | 'nuls'
  | 'wrong-length'
  | 'no-header-file'
  | 'no-body-file';

/** A message as it shall lie in the spool. Texts are written as UTF-8. */
export interface ExampleMessage {
  /** Default: one is made of `receivedMs`, in the form that `writeSpool` is asked for. */
  readonly id?: string;
  /** When it was received, milliseconds since the epoch; written to the second. */
  readonly receivedMs: number;
  /** Envelope sender; `''` is that of a bounce. */
  readonly sender: string;
  /** At least one. */
  readonly recipients: readonly (string | ExampleRecipient)[];
  /** Addresses that -H says are delivered; also such as a redirection made. Default: none. */
  readonly delivered?: readonly string[];
  /** Addresses that the journal, -J, says are delivered. Default: there is no journal. */
  readonly journal?: readonly string[];
  /** Since when it is frozen, milliseconds since the epoch. Default: it is not. */
  readonly frozenMs?: number;
  /** Whether a delivery was tried. Default: if it is frozen, or something of it is delivered, or there is a log. */
  readonly isTried?: boolean;
  /** Warnings about its delay that were sent. Default 0. */
  readonly warnings?: number;
  /** Who submitted or received it. Default `Debian-exim`. */
  readonly login?: string;
  /** Default 0. */
  readonly uid?: number;
  /** Default 0. */
  readonly gid?: number;
  /** Default: it was submitted on this machine. */
  readonly host?: QueueHost;
  readonly authId?: string;
  /** Default `esmtp` with a host, else `local`. */
  readonly protocol?: string;
  /** It is a bounce that Exim made itself. Default false. */
  readonly isLocalBounce?: boolean;
  /** A user who is not trusted chose the sender. Default false. */
  readonly isSenderUntrusted?: boolean;
  /** Variables of access lists by their names without `acl_`: `m_note`, `c0`; values may have line breaks. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Further lines with flags, such as `-dsn_envid QQ314159`. Default: none. */
  readonly flags?: readonly string[];
  /** Headers besides the `Received` of this machine, which is always there. Default: `From` and `To`. */
  readonly headers?: readonly (string | ExampleHeader)[];
  /** Default: one line. */
  readonly body?: string | Uint8Array;
  /** -D has the line ends of SMTP, as with `spool_wireformat`; they are made here. Default false. */
  readonly isWireFormat?: boolean;
  /** Lines of the message's log. Default: there is none. */
  readonly log?: readonly string[];
  /** Named queue that it lies in. Default `''`, the main one. */
  readonly queue?: string;
  /** It is put aside, as `move_frozen_messages` does it. Default false. */
  readonly isAside?: boolean;
  /** Default: it is sound. */
  readonly damage?: ExampleDamage;
}
