import { IgnoreList } from '@sluice/ban-policy';
import type { JailConfig } from '@sluice/fail2ban-config';
import { BanwatchdError } from './banwatchd-error.ts';
import type { JailContext } from './jail-context.ts';

const on = /^(?:1|on|true|yes)$/i;

/**
 * Refuses a jail that exempts somebody in a way that has no effect yet: better no bans than the ban of an ally.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_EXEMPTION` with file, line and cure
 */
export function checkExemptions(jail: JailConfig): void {
  const refuse = (option: string, fault: string, cure: string): never => {
    throw new BanwatchdError('ERR_BANWATCHD_EXEMPTION', fault, { ...(jail.placeOf(option) ?? jail.place), cure });
  };
  if (jail.ignoreCommand)
    refuse('ignorecommand', 'ignorecommand is not run yet', 'take it out if the jail may ban those it exempts');
  const [unresolved] = new IgnoreList(jail.ignoreIp).unresolved;
  if (unresolved !== undefined)
    refuse(
      'ignoreip',
      `ignoreip has a name, ${String(unresolved.value)}, and names are not resolved yet`,
      'write the addresses',
    );
}

/** Says so when a jail asks for bans that grow, which they do not yet. */
export function warnOfIncrement(jail: JailConfig, { log }: JailContext): void {
  if (!on.test(jail.settings['bantime.increment']?.value ?? '')) return;
  const { file, line } = jail.placeOf('bantime.increment') ?? jail.place;
  const fault = 'bantime.increment is not supported yet: every ban lasts as long as the first';
  log('fail2ban.configreader').warning(`[${jail.name}] ${file}:${line}: ${fault}`);
}
