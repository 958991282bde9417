import type { BanBackend, BanOutcome } from '@sluice/ban-action';
import type { ActionSink } from './action-sink.ts';
import type { SharedSinks } from './shared-sinks.ts';

/** How what a jail decides is applied: by its own actions, by what all jails share, or by both. */
export interface SinkMaker {
  /** Makes one action of a jail, not started. */
  action(jail: string, backend: BanBackend): ActionSink;
  /** Told what became of a decision that came through no sink. */
  readonly told?: (outcome: BanOutcome) => void;
  /** Whether the jails' own actions run. */
  readonly runsActions: boolean;
  /** What all jails share; undefined for nothing. */
  readonly shared?: SharedSinks;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: ((command: string) => void) | undefined;
}
