import type { BanBackend, BanOutcome } from '@sluice/ban-action';
import type { ActionSink } from './action-sink.ts';

/** How what a jail decides is applied: by its own actions, or by one set of bans that all jails share. */
export interface SinkMaker {
  /** Makes one action of a jail, not started. */
  action(jail: string, backend: BanBackend): ActionSink;
  /** Told what became of a decision that came through no sink. */
  readonly told?: (outcome: BanOutcome) => void;
  /** What all jails share in place of their actions. */
  readonly shared?: ActionSink;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: ((command: string) => void) | undefined;
}
