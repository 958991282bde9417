import type { BanStore } from '@sluice/ban-policy';
import type { Metrics, NameResolver, RejectSink } from '@sluice/pipeline';
import type { Fail2banLog } from '../log/fail2ban-log.ts';
import type { SinkMaker } from './sink-maker.ts';

/** What every jail of a daemon shares. */
export interface JailContext {
  readonly log: Fail2banLog;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
  readonly resolver: NameResolver;
  /** undefined: nothing is kept over restarts. */
  readonly store?: BanStore;
  readonly sinks: SinkMaker;
  /** Folder below which log paths are resolved. */
  readonly root: string;
  /** The run before this one did not end by itself: what its actions did may still stand. */
  readonly wasKilled: boolean;
  /** Which jail takes which lines is another now. */
  readonly routesChanged: () => void;
  /** Which files are read is another now; resolves when they are. */
  readonly filesChanged: () => Promise<unknown>;
  /** Up to where a file has been read, in bytes. */
  readonly positionOf: (path: string) => number;
}
