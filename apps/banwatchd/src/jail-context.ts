import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { Fail2banLog } from './fail2ban-log.ts';

/** What every jail of a daemon shares. */
export interface JailContext {
  readonly log: Fail2banLog;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
}
