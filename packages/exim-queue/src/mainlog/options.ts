import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { MainlogKind } from './mainlog-event.ts';

/** Options of `MainlogReader` and `mainlogEvents`. */
export interface MainlogOptions {
  /**
   * Which events. Lines of other kinds are passed over without a look at them. Default: all, and then each line of the log is
   * an event or a reject.
   */
  readonly kinds?: readonly MainlogKind[];
  /**
   * Zone of times that do not carry theirs (Exim's `log_timezone`): this machine's, or UTC. The hour that a change to winter
   * time repeats is taken for its first occurrence. Default `local`.
   */
  readonly timeZone?: 'local' | 'utc';
  /** Told of lines that are cut or that Exim did not write. Default: they are only counted. */
  readonly rejects?: RejectSink;
  /** Where to count, see `metricNames`. Default: nothing is counted. */
  readonly metrics?: Metrics;
}
