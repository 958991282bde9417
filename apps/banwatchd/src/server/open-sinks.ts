import { type BanBackend, dryRun, netfilter } from '@sluice/ban-action';
import type { Metrics, RejectSink } from '@sluice/pipeline';
import { ActionSink } from '../jail/action-sink.ts';
import { outcomeLog } from '../jail/outcome-log.ts';
import type { SinkMaker } from '../jail/sink-maker.ts';
import type { Fail2banLog } from '../log/fail2ban-log.ts';

export interface SinkOptions {
  readonly banWith: 'actions' | 'netfilter';
  readonly table: string;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: ((command: string) => void) | undefined;
  readonly log: Fail2banLog;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
  /** What all jails share is lost: nobody is banned any more. */
  readonly lost: (error: Error) => void;
}

/** What applies decisions: each jail's own actions, or one nf_tables table for all jails, whose commits they share. */
export function openSinks({ banWith, table, writeCommand, log, rejects, metrics, lost }: SinkOptions): SinkMaker {
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
  return { action, told, writeCommand, ...(banWith === 'netfilter' && { shared: open(netfilter({ table }), lost) }) };
}
