import {
  applyBans,
  type BanBackend,
  type BanOutcome,
  dryRun,
  fail2banAction,
  fanOut,
  netfilter,
} from '@sluice/ban-action';
import type { JailConfig } from '@sluice/fail2ban-config';
import type { BanEvent, Metrics, RejectSink } from '@sluice/pipeline';
import { merge, type Observable } from 'rxjs';

export interface BanSinkOptions {
  readonly banWith: 'actions' | 'netfilter';
  readonly table: string;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: ((command: string) => void) | undefined;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
}

/** One jail and what it decides. */
export interface JailDecisions {
  readonly jail: JailConfig;
  readonly events: Observable<BanEvent>;
}

/**
 * Applies every jail's decisions: all of them to one nf_tables table, whose commits they share, or each jail's to its
 * own actions, side by side.
 */
export function applyDecisions(decisions: readonly JailDecisions[], options: BanSinkOptions): Observable<BanOutcome> {
  const { banWith, table, writeCommand, rejects, metrics } = options;
  const finished = (backend: BanBackend): BanBackend =>
    writeCommand === undefined ? backend : dryRun(backend, { write: writeCommand });
  if (banWith === 'netfilter') {
    const events = merge(...decisions.map((of) => of.events));
    return events.pipe(applyBans(finished(netfilter({ table })), { rejects, metrics }));
  }
  return merge(
    ...decisions.map(({ jail, events }) => {
      const actions = jail.actions.map((action) => fail2banAction(action, { jail: jail.name }));
      return events.pipe(applyBans(finished(fanOut(actions)), { rejects, metrics }));
    }),
  );
}
