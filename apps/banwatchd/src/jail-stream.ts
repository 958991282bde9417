import { decideBans } from '@sluice/ban-policy';
import { matchFilter } from '@sluice/fail2ban-filter/rx';
import type { BanEvent, Chunk } from '@sluice/pipeline';
import { type OperatorFunction, pipe, tap } from 'rxjs';
import { logDecision } from './ban-log.ts';
import type { Logger } from './fail2ban-log.ts';
import type { WatchedJail } from './open-jail.ts';

/** One jail: chunks of its logs in, decisions out, each logged as fail2ban does. */
export const jailStream = ({ filter, policy }: WatchedJail, actions: Logger): OperatorFunction<Chunk, BanEvent> =>
  pipe(
    matchFilter(filter),
    decideBans(policy),
    tap((event) => logDecision(actions, event)),
  );
