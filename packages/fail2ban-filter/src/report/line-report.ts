import type { FailData } from './fail-data.ts';

/** A failregex that matched a line. */
export interface ReportHit {
  readonly pattern: number;
  /** Whom the failure counts for; undefined while nobody is known (a session whose later lines may tell). */
  readonly id: string | undefined;
  /** A host name, to be looked up: each of its addresses is a hit of its own. */
  readonly hostName: string | undefined;
  /** Why the failure counts for nobody: what stands for an address is none. */
  readonly rejected: string | undefined;
  /** True for a line that only tells something of its session. */
  readonly isNoFailure: boolean;
  /** True for a line that belongs to a session (`<F-MLFID>`). */
  readonly isOfSession: boolean;
  /** Undefined for a line without a date. */
  readonly timeMs: number | undefined;
  /** As it was when the line was read. */
  readonly data: FailData;
}

/** What became of a line. */
export interface LineReport {
  readonly text: string;
  /** Every failregex that matched, in order. */
  readonly hits: readonly ReportHit[];
  /** Index of an ignoreregex for each time that one took the line back. */
  readonly ignored: readonly number[];
  /** Groups of the prefregex, where there is one and it matched. */
  readonly prefix: FailData | undefined;
  /** Lines before this one that its match used up. */
  readonly consumed: readonly string[];
  /** True where fail2ban has the time as a whole number: where the date names its zone. */
  readonly isWhole: () => boolean;
}
