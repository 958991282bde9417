import type { JailConfig } from '@sluice/fail2ban-config';
import type { Fail2banLog } from '../log/fail2ban-log.ts';

const seconds = (ms: number): number => (ms === Infinity ? -1 : ms / 1000);

/** Writes which of a jail's settings that fail2ban logs when they are set are others than before. */
export function logJailChanges(log: Fail2banLog, old: JailConfig, jail: JailConfig): void {
  const [filter, actions] = [log('fail2ban.filter'), log('fail2ban.actions')];
  if (jail.maxLines !== old.maxLines) filter.info(`  maxLines: ${jail.maxLines}`);
  if (jail.maxRetry !== old.maxRetry) filter.info(`  maxRetry: ${jail.maxRetry}`);
  if (jail.findTimeMs !== old.findTimeMs) filter.info(`  findtime: ${seconds(jail.findTimeMs)}`);
  if (jail.banTimeMs !== old.banTimeMs) actions.info(`  banTime: ${seconds(jail.banTimeMs)}`);
}

/** Writes what fail2ban logs of a jail and its settings when it is made. */
export function logJail(log: Fail2banLog, jail: JailConfig): void {
  const [jails, filter, actions] = [log('fail2ban.jail'), log('fail2ban.filter'), log('fail2ban.actions')];
  jails.info(`Creating new jail '${jail.name}'`);
  jails.info(`Jail '${jail.name}' uses poller {}`);
  jails.info("Initiated 'polling' backend");
  if (jail.filter?.maxLines !== undefined) filter.info(`  maxLines: ${jail.maxLines}`);
  filter.info(`  maxRetry: ${jail.maxRetry}`);
  filter.info(`  findtime: ${seconds(jail.findTimeMs)}`);
  actions.info(`  banTime: ${seconds(jail.banTimeMs)}`);
  for (const [option, { value }] of Object.entries(jail.settings))
    if (jail.increment !== undefined && option.startsWith('bantime.'))
      jails.info(`Set banTime.${option.slice('bantime.'.length)} = ${option === 'bantime.increment' ? 'True' : value}`);
  filter.info(`  encoding: ${jail.logEncoding === 'auto' ? 'UTF-8' : jail.logEncoding}`);
}
