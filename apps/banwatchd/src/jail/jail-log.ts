import type { JailConfig } from '@sluice/fail2ban-config';
import type { Fail2banLog } from '../log/fail2ban-log.ts';

/** Writes what fail2ban logs of a jail and its settings when it is made. */
export function logJail(log: Fail2banLog, jail: JailConfig): void {
  const [jails, filter, actions] = [log('fail2ban.jail'), log('fail2ban.filter'), log('fail2ban.actions')];
  jails.info(`Creating new jail '${jail.name}'`);
  jails.info(`Jail '${jail.name}' uses poller {}`);
  jails.info("Initiated 'polling' backend");
  if (jail.maxLines > 1) filter.info(`  maxLines: ${jail.maxLines}`);
  filter.info(`  maxRetry: ${jail.maxRetry}`);
  filter.info(`  findtime: ${jail.findTimeMs / 1000}`);
  actions.info(`  banTime: ${jail.banTimeMs === Infinity ? -1 : jail.banTimeMs / 1000}`);
  for (const [option, { value }] of Object.entries(jail.settings))
    if (jail.increment !== undefined && option.startsWith('bantime.'))
      jails.info(`Set banTime.${option.slice('bantime.'.length)} = ${option === 'bantime.increment' ? 'True' : value}`);
  filter.info(`  encoding: ${jail.logEncoding === 'auto' ? 'UTF-8' : jail.logEncoding}`);
}
