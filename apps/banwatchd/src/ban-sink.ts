import { applyBans, type BanBackend, type BanOutcome, dryRun, fanOut, netfilter } from '@sluice/ban-action';
import type { BanEvent } from '@sluice/pipeline';
import { merge, type Observable } from 'rxjs';
import type { JailContext } from './jail-context.ts';

export interface BanSinkOptions {
  readonly banWith: 'actions' | 'netfilter';
  readonly table: string;
  /** Takes the commands of a dry run; without it, they are run. */
  readonly writeCommand?: (command: string) => void;
}

/** What one jail decides, and its own actions. */
export interface JailDecisions {
  readonly actions: readonly BanBackend[];
  readonly events: Observable<BanEvent>;
}

/**
 * Applies every jail's decisions: all of them to one nf_tables table, whose commits they share, or each jail's to its
 * own actions, side by side. An action that cannot start stops no other, as in fail2ban.
 */
export function applyDecisions(
  decisions: readonly JailDecisions[],
  { banWith, table, writeCommand }: BanSinkOptions,
  { rejects, metrics }: JailContext,
): Observable<BanOutcome> {
  const apply = (backend: BanBackend) =>
    applyBans(writeCommand === undefined ? backend : dryRun(backend, { write: writeCommand }), { rejects, metrics });
  if (banWith === 'netfilter') return merge(...decisions.map(({ events }) => events)).pipe(apply(netfilter({ table })));
  return merge(
    ...decisions.map(({ actions, events }) =>
      events.pipe(apply(fanOut(actions.map((backend) => ({ backend, required: false }))))),
    ),
  );
}
