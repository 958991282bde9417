import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { MailAddress } from './mail-message.ts';

/**
 * Who: a part of the decoded From header (`me@example.org`, `Jane`), in any case of letters; or a function over each of
 * its addresses.
 */
export type MailAuthorPattern = string | ((author: MailAddress) => boolean);

/** Which mails. All conditions given must hold. */
export interface MailFilter {
  /** Mails from any of these. Default: from all. */
  readonly authors?: readonly MailAuthorPattern[];
  /** Leaves out mails with any of these texts in any Received header, in any case of letters. Default: none. */
  readonly excludeReceived?: readonly string[];
  /** Mails from this instant on, milliseconds since the epoch. Default: all. */
  readonly fromMs?: number;
  /** Mails before this instant. Default: all. */
  readonly untilMs?: number;
}

export interface MailProgress {
  /** Files looked at so far. */
  readonly mails: number;
  /** Files there were when reading began. */
  readonly total: number;
}

/** Options of `maildirBatches` and `maildirMessages`. */
export interface MaildirOptions extends MailFilter {
  /** Which folders, by the names that `MailMessage.folder` has; `''` is the top. Default: all. */
  readonly folders?: readonly string[];
  /** Goes on with mails that are delivered later, until unsubscribed or aborted. Default false. */
  readonly follow?: boolean;
  /** Longest time between two looks at the folders when following, in ms. From 10 to 86 400 000, default 5000. */
  readonly pollMs?: number;
  /** Headers beyond this are not read, in bytes. From 1024 to 64 MiB, default 1 MiB. */
  readonly maxHeaderBytes?: number;
  /** Longest mail that `raw()` and `text()` read, in bytes. From 1024 to 1 GiB, default 64 MiB. */
  readonly maxMessageBytes?: number;
  /** Called about once a second, and at the end of reading. All folders are then listed first. Default: none. */
  readonly onProgress?: (progress: MailProgress) => void;
  /** What is left out, and what is amiss with mails that are emitted. Default: only counted. */
  readonly rejects?: RejectSink;
  /** Where to count, see `metricNames`. Default: nothing is counted. */
  readonly metrics?: Metrics;
  /** Aborting completes the stream; it does what unsubscribing does. Default: none. */
  readonly signal?: AbortSignal;
}

/** Options of `mailActivity`. */
export interface MailActivityOptions {
  /** Tells only that there was a mail: title `Mail`, no text. Default false. */
  readonly confidential?: boolean;
  /** The mail's body, for the activity's text. Default: none. */
  readonly text?: string;
}

/** Options of `mailActivities` and `toActivities`. */
export interface MailActivitiesOptions {
  /** As in {@link MailActivityOptions}. Bodies are then not read. Default false. */
  readonly confidential?: boolean;
  /** Reads each mail's body (`text()`) for the activity's text. Default false. */
  readonly body?: boolean;
  /** Bodies that could not be read; their activities are made without. Default: dropped. */
  readonly rejects?: RejectSink;
  readonly signal?: AbortSignal;
}

/** Options of `toActivities`. */
export interface ToActivitiesOptions extends MailActivitiesOptions {
  /** With `body`, most mails that wait to be read; more end the stream with `ERR_PIPELINE_OVERFLOW`. Default 4096. */
  readonly maxQueued?: number;
}
