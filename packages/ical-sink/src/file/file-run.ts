import type { Activity } from '@sluice/pipeline';
import type { CalendarFileResult } from './calendar-file-result.ts';

/** One writing of a calendar to its files. Calls do not overlap, save that activities may be added during a `flush`. */
export interface FileRun {
  /** Takes an activity, or rejects it. @throws IcalSinkError when the disk refuses */
  add(activity: Activity): void;
  /** Memory taken by what waits to be written, as a share of what it may take. */
  readonly load: number;
  /** Writes what waits. */
  flush(): Promise<void>;
  /** Makes the files what they shall be. */
  commit(): Promise<CalendarFileResult>;
  /** Leaves the files as they are, and nothing else behind. */
  discard(): void;
}
