import type { JailConfig } from '@sluice/fail2ban-config';
import type { Fail2banLog } from './fail2ban-log.ts';

/** Writes what fail2ban logs of a jail's settings when it is made. */
export function logJail(log: Fail2banLog, jail: JailConfig): void {
  const filter = log('fail2ban.filter');
  log('fail2ban.jail').info(`Creating new jail '${jail.name}'`);
  filter.info(`  maxRetry: ${jail.maxRetry}`);
  filter.info(`  findtime: ${jail.findTimeMs / 1000}`);
  log('fail2ban.actions').info(`  banTime: ${jail.banTimeMs === Infinity ? -1 : jail.banTimeMs / 1000}`);
  for (const { glob } of jail.logPaths) filter.info(`Added logfile: '${glob}'`);
}
