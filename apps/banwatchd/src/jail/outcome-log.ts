import type { BanOutcome } from '@sluice/ban-action';
import type { BanEvent, Metrics } from '@sluice/pipeline';
import type { Fail2banLog } from '../log/fail2ban-log.ts';
import { daemonMetrics } from '../metrics.ts';

const doing = { ban: 'banning', unban: 'unbanning', 'already-banned': 'banning', prolonged: 'prolonging' } as const;
const done = { ban: 'ban', unban: 'unban', 'already-banned': 'reban', prolonged: 'ban' } as const;

/** What a decision is about, as fail2ban shows it. */
const info = ({ id, address }: BanEvent): string =>
  `ActionInfo({'ip': '${address?.text ?? id}'${address ? `, 'family': 'inet${address.family}'` : ''}})`;

/**
 * Counts and logs each action that could not do what was decided, in fail2ban's words after our own, which say why and
 * what cures it. The ban itself stays in the list.
 */
export function outcomeLog(log: Fail2banLog, metrics: Metrics): (outcome: BanOutcome) => void {
  const [utils, actions] = [log('fail2ban.utils'), log('fail2ban.actions')];
  return (outcome) => {
    for (const { event, backend, error } of outcome.parts ?? [outcome]) {
      // Who stops an action knows that what waited is not done.
      if (error === undefined || error.code === 'ERR_BAN_ACTION_ABORTED') continue;
      metrics.add(daemonMetrics.refused, 1);
      utils.error(error.message);
      const { kind, jail, address, id } = event;
      const fault = `Error ${doing[kind]} ${address?.text ?? id}`;
      actions.error(
        `Failed to execute ${done[kind]} jail '${jail}' action '${backend}' info '${info(event)}': ${fault}`,
      );
    }
  };
}
