/** One event of a feed: its text, and what it is found, ordered and dropped by. */
export interface FeedEvent {
  readonly uid: string;
  /** Begin and end as the calendar says them. */
  readonly startMs: number;
  readonly endMs: number;
  readonly sequence: number;
  /** The VEVENT. */
  readonly bytes: Buffer;
  /** SHA-256 of {@link bytes}. */
  readonly digest: string;
  /** Where it stands in the heap of ends; -1 when it is in the feed no more. */
  place: number;
}

/** The order of a feed: by begin, then uid. The same events are in the same order, however they came. */
export const byStart = (a: FeedEvent, b: FeedEvent): number =>
  a.startMs - b.startMs || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0);
