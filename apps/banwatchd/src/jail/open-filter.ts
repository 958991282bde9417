import type { JailConfig } from '@sluice/fail2ban-config';
import { compileFilter, type Fail2banFilter, type NamedFailure } from '@sluice/fail2ban-filter';
import { BanwatchdError } from '../banwatchd-error.ts';
import type { JailContext } from './jail-context.ts';
import { logName } from './log-name.ts';

/**
 * Compiles a jail's filter.
 *
 * @param names gets failures whose host names have to be looked up
 * @throws ComponentError with file, line and cure
 */
export function openFilter(
  jail: JailConfig,
  { log, rejects, metrics }: JailContext,
  names: (failure: NamedFailure) => void,
): Fail2banFilter {
  if (jail.filter === undefined)
    throw new BanwatchdError('ERR_BANWATCHD_NO_FILTER', 'the jail has no filter', {
      ...jail.place,
      cure: 'name one with `filter =`, or write a failregex into the jail',
    });
  const filterLog = log('fail2ban.filter');
  return compileFilter(jail.filter, {
    useDns: jail.useDns,
    encoding: jail.logEncoding,
    logTimezone: jail.logTimezone,
    findTimeMs: jail.findTimeMs,
    rejects,
    metrics,
    names: jail.useDns === 'warn' ? (named) => names(logName(log('fail2ban.ipdns'), named)) : names,
    onNotice: ({ kind, message, path, offset }) => {
      if (kind !== 'name') filterLog.warning(`[${jail.name}] ${path} at byte ${offset}: ${message}`);
    },
  });
}

type FilterSetting = 'filter' | 'useDns' | 'logTimezone' | 'findTimeMs' | 'maxLines' | 'logEncoding';

/** What the filter is compiled from. */
export const filterSettings = ({
  filter,
  useDns,
  logTimezone,
  findTimeMs,
  maxLines,
  logEncoding,
}: JailConfig): Pick<JailConfig, FilterSetting> => ({
  filter,
  useDns,
  ...(logTimezone !== undefined && { logTimezone }),
  findTimeMs,
  maxLines,
  logEncoding,
});
