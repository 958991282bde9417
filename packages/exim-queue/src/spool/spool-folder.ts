/** A queue's folders, as absolute paths. */
export interface SpoolFolder {
  /** Name of the queue; `''` is the main one. */
  readonly queue: string;
  /** Where `move_frozen_messages` puts frozen messages aside. */
  readonly isAside: boolean;
  /** Where -H, -D and -J are, right here or in the sub-directories of a split spool, or in both. */
  readonly input: string;
  /** Where the messages' logs are; split like `input`. */
  readonly msglog: string;
}
