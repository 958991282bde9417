import { decideBans } from '@sluice/ban-policy';
import { matchFilter } from '@sluice/fail2ban-filter/rx';
import type { BanEvent, Chunk, Metrics, RejectSink } from '@sluice/pipeline';
import { type OperatorFunction, pipe, tap } from 'rxjs';
import { logDecision, logNotice } from './ban-log.ts';
import type { Fail2banLog } from './fail2ban-log.ts';
import type { WatchedJail } from './watched-jail.ts';

export interface JailStreamOptions {
  readonly log: Fail2banLog;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
}

/** One jail: chunks of its logs in, decisions out, and on the way what fail2ban logs of them. */
export function jailStream(
  { config, filter }: WatchedJail,
  options: JailStreamOptions,
): OperatorFunction<Chunk, BanEvent> {
  const { log, rejects, metrics } = options;
  const [filterLog, actionsLog] = [log('fail2ban.filter'), log('fail2ban.actions')];
  return pipe(
    matchFilter(filter),
    decideBans({
      jail: config.name,
      maxRetry: config.maxRetry,
      findTimeMs: config.findTimeMs,
      banTimeMs: config.banTimeMs,
      maxMatches: config.maxMatches,
      ignore: config.ignoreIp,
      ignoreSelf: config.ignoreSelf,
      notices: { next: (notice) => logNotice(filterLog, actionsLog, notice) },
      rejects,
      metrics,
    }),
    tap((event) => logDecision(actionsLog, event)),
  );
}
