import { loadConfig } from '@sluice/fail2ban-config/loader';
import { ComponentError } from '@sluice/pipeline';
import { BanwatchdError } from './banwatchd-error.ts';
import type { JailContext } from './jail-context.ts';
import { openJail, type WatchedJail } from './open-jail.ts';

/**
 * Reads the configuration. A jail that cannot run is logged in one line with file, line and cure, and left out.
 *
 * @param names jails to run whatever their `enabled` says, and no others; without them, the enabled ones
 * @throws BanwatchdError `ERR_BANWATCHD_NO_JAIL` when no jail is left
 */
export function loadJails(
  configDir: string,
  names: readonly string[] | undefined,
  context: JailContext,
): readonly WatchedJail[] {
  const log = context.log('fail2ban.configreader');
  const tell = ({ message }: Error, jail: string | undefined): void =>
    log.error(jail === undefined ? message : `Jail '${jail}' skipped, because of wrong configuration: ${message}`);

  const { jails, problems } = loadConfig(configDir, names === undefined ? {} : { jails: names });
  for (const { error, jail } of problems) tell(error, jail);
  const wanted = jails.filter(({ name }) => names === undefined || names.includes(name));
  const opened = wanted.flatMap((jail) => {
    try {
      return [openJail(jail, context)];
    } catch (error) {
      if (!(error instanceof ComponentError)) throw error;
      tell(error, jail.name);
      return [];
    }
  });
  if (opened.length > 0) return opened;
  throw new BanwatchdError('ERR_BANWATCHD_NO_JAIL', `no jail of ${configDir} can run`, {
    cure: 'write `enabled = true` into a section of jail.local, or mend what the log names',
  });
}
