import { type BanBackend, dryRun } from '@sluice/ban-action';
import type { Metrics, RejectSink } from '@sluice/pipeline';
import type { BackendBoard } from '../ban-with/backend-status.ts';
import { followHealth } from '../ban-with/follow-health.ts';
import type { MadeBackend } from '../ban-with/make-backend.ts';
import { ActionSink } from '../jail/action-sink.ts';
import { outcomeLog } from '../jail/outcome-log.ts';
import { retryStart } from '../jail/retry-start.ts';
import { type SharedSink, SharedSinks } from '../jail/shared-sinks.ts';
import type { SinkMaker } from '../jail/sink-maker.ts';
import type { Fail2banLog } from '../log/fail2ban-log.ts';

export interface SinkOptions {
  /** Whether the jails' own actions run. */
  readonly runsActions: boolean;
  /** What all jails ban with. */
  readonly backends: readonly MadeBackend[];
  readonly board: BackendBoard;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: ((command: string) => void) | undefined;
  readonly log: Fail2banLog;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
  /** What nobody is kept out without is lost. */
  readonly lost: (error: Error) => void;
  /** Pause before what could not start is tried again, at first. Default 3000. */
  readonly retryMs?: number;
}

/** What applies decisions: each jail's own actions, what all jails share, or both. */
export function openSinks(options: SinkOptions): SinkMaker {
  const { runsActions, backends, board, writeCommand, log, rejects, metrics, lost, retryMs = 3000 } = options;
  const told = outcomeLog(log, metrics);
  const open = (backend: BanBackend, onLost: (error: Error) => void): ActionSink =>
    new ActionSink(writeCommand === undefined ? backend : dryRun(backend, { write: writeCommand }), {
      rejects,
      metrics,
      told,
      lost: (error) => onLost(error as Error),
    });
  // An action that cannot start is tried again, so that it is not lost.
  const action = (jail: string, backend: BanBackend): ActionSink =>
    open(backend, ({ message }) =>
      log('fail2ban.actions').error(`[${jail}] action '${backend.name}' is lost: ${message}`),
    );
  const share = (made: MadeBackend): SharedSink => {
    const { backend, isRequired } = made;
    const health = followHealth(made, { board, log: log('fail2ban.server'), isRehearsal: writeCommand !== undefined });
    const { failed, started } = health;
    const sink = open(isRequired ? backend : retryStart(backend, { failed, started, told, retryMs }), (error) => {
      failed(error);
      if (isRequired) lost(error);
    });
    if (isRequired) void sink.ready.then(started);
    return { sink, isRequired };
  };
  return {
    action,
    told,
    runsActions,
    writeCommand,
    ...(backends.length > 0 && { shared: new SharedSinks(backends.map(share)) }),
  };
}
