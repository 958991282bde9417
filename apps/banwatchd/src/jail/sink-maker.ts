import type { BanBackend } from '@sluice/ban-action';
import type { ActionSink } from './action-sink.ts';

/** How what a jail decides is applied: by its own actions, or by one set of bans that all jails share. */
export interface SinkMaker {
  /** Makes one action of a jail, not started. */
  action(jail: string, backend: BanBackend): ActionSink;
  /** What all jails share in place of their actions. */
  readonly shared?: ActionSink;
}
