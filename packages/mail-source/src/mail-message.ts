import type { ActivitySource } from '@sluice/pipeline';

/** One mailbox of a From, To or Cc header (RFC 5322, 3.4). What is given is the sender's word, and proves nothing. */
export interface MailAddress {
  /** Display name, decoded; the comment where that stands for it; empty where there is none. */
  readonly name: string;
  /** `local@domain` as written, without brackets; a bare word (`root`) as it is; empty where there is only a name. */
  readonly address: string;
}

/** When a mail was written, and how we know. */
export interface MailDate {
  /** Milliseconds since the epoch; after 1970-01-01T00:00:00Z and before the year 10000. */
  readonly timeMs: number;
  /** The clock's offset in minutes, east positive. Absent for `-0000`, unknown zone names and {@link source} `mtime`. */
  readonly tzMinutes?: number;
  /** The Date header; else the first Received header's date (a server's clock); else the file's time of modification. */
  readonly source: 'date' | 'received' | 'mtime';
}

/**
 * A mail by its headers. Whatever store it comes from, and whatever bytes it is made of.
 *
 * All texts are one line without control characters, with encoded words decoded (RFC 2047). Headers are decoded when
 * they are first asked for: the properties are getters, which `{ ...message }` and `JSON.stringify` do not see.
 */
export interface MailMessage {
  /** {@link messageId}, or `sha256-<hex digest of the raw bytes>` where there is none. */
  readonly id: string;
  /** The Message-ID header without brackets; absent when it is missing, empty or longer than 998 characters. */
  readonly messageId?: string;
  /** Kind and id `mail`; its label is {@link folder}. One object for all mails of a folder. */
  readonly source: ActivitySource;
  /** `''` for the top, `Sent`, `Archive/2010` (Maildir++'s `.Archive.2010`, modified UTF-7 decoded). Never a path. */
  readonly folder: string;
  /** Where it was last seen, for people; it may have been renamed since, which {@link raw} copes with. */
  readonly path: string;
  /** Letters of the Maildir's flags, sorted: `FRS`. */
  readonly flags: string;
  readonly sizeBytes: number;
  readonly date: MailDate;
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** The From header as it stands, decoded; `''` when missing. Several are joined by a comma. */
  readonly fromText: string;
  readonly toText: string;
  /** `''` when missing. Of several the first. */
  readonly subject: string;
  /** Decoded values of every header of this name, in any case of letters, top first. */
  headers(name: string): readonly string[];
  /**
   * Reads the whole mail, by whatever name it has by now.
   *
   * @throws {MailSourceError} as a rejection, `GONE`, `TOO_LARGE`, `SYMLINK`, `NOT_A_FILE` or `UNREADABLE`
   */
  raw(): Promise<Uint8Array>;
  /**
   * Reads the mail's text/plain parts, decoded and joined by line feeds; `''` when there are none.
   *
   * @throws {MailSourceError} as a rejection, what {@link raw} throws, or `BODY`
   */
  text(): Promise<string>;
}
