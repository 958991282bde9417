import type { Tail } from './tail.ts';

/** A path that is followed, and the file that it leads to. */
export interface FollowedPath {
  readonly path: string;
  /** Whether it has to be there, because a glob without wildcards names it. */
  readonly isExpected: boolean;
  /** The file it leads to now. */
  tail: Tail | undefined;
  /** The file it led to last. */
  last: Tail | undefined;
  /** When it was last looked at, ms since the epoch. */
  lookedMs: number;
  /** Monotonic ms since when nothing is there, or nothing but a copy of a followed file. */
  voidSinceMs: number | undefined;
}
