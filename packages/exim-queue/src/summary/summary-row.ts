/** What `summary` counted under one key. Ages are in whole seconds, as Exim shows them. */
export interface SummaryRow {
  /** A domain in lower case, an address, a state …; `…` for what came when there were `maxKeys` others. */
  readonly key: string;
  /** Messages; by `recipientDomain` and `reason`, recipients that are not delivered yet. */
  readonly count: number;
  /** Sizes of the messages, added up; a message's counts once for each of `count`, as in exiqsumm. */
  readonly sizeBytes: number;
  /** The same of the sizes as `exim -bp` shows them, which are rounded from 1 KiB on: what exiqsumm adds up. */
  readonly shownBytes: number;
  /** Age of the oldest message, in ms. */
  readonly oldestMs: number;
  /** Age of the newest message, in ms. */
  readonly newestMs: number;
  /** How many of `count` are of frozen messages. */
  readonly frozen: number;
}
