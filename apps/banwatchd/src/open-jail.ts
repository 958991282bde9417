import { type BanBackend, fail2banAction } from '@sluice/ban-action';
import { BanPolicy } from '@sluice/ban-policy';
import type { JailConfig, Place } from '@sluice/fail2ban-config';
import { compileFilter, type Fail2banFilter } from '@sluice/fail2ban-filter';
import { Glob } from '@sluice/log-source';
import { ComponentError } from '@sluice/pipeline';
import { logNotice } from './ban-log.ts';
import { BanwatchdError } from './banwatchd-error.ts';
import type { JailContext } from './jail-context.ts';
import { checkExemptions, warnOfIncrement } from './unsupported-options.ts';

/** A jail that can run: its settings, its filter compiled, its rules and its own actions. */
export interface WatchedJail {
  readonly config: JailConfig;
  readonly filter: Fail2banFilter;
  readonly policy: BanPolicy;
  readonly actions: readonly BanBackend[];
}

/**
 * Makes what a jail needs to run.
 *
 * @throws ComponentError with file, line and cure for the first setting that cannot be used
 */
export function openJail(config: JailConfig, context: JailContext): WatchedJail {
  checkLogs(config);
  const filter = openFilter(config, context);
  const policy = at(config.placeOf('ignoreip') ?? config.place, () => {
    checkExemptions(config);
    return openPolicy(config, context);
  });
  const actions = openActions(config, policy);
  warnOfIncrement(config, context);
  return { config, filter, policy, actions };
}

function checkLogs({ logPaths, backend, placeOf, place }: JailConfig): void {
  if (logPaths.length === 0)
    throw new BanwatchdError('ERR_BANWATCHD_NO_LOG', `the jail has no log file (backend ${backend})`, {
      ...(placeOf('backend') ?? place),
      cure: 'write a logpath into it and `backend = auto`; the journal is not read yet',
    });
  for (const { glob, place } of logPaths) at(place, () => new Glob(glob));
}

function openFilter(jail: JailConfig, { log, rejects, metrics }: JailContext): Fail2banFilter {
  if (jail.filter === undefined)
    throw new BanwatchdError('ERR_BANWATCHD_NO_FILTER', 'the jail has no filter', {
      ...jail.place,
      cure: 'name one with `filter =`, or write a failregex into the jail',
    });
  return compileFilter(jail.filter, {
    useDns: jail.useDns,
    logTimezone: jail.logTimezone,
    findTimeMs: jail.findTimeMs,
    rejects,
    metrics,
    onNotice: ({ message, path, offset }) =>
      log('fail2ban.filter').warning(`[${jail.name}] ${path} at byte ${offset}: ${message}`),
  });
}

function openPolicy(jail: JailConfig, { log, rejects, metrics }: JailContext): BanPolicy {
  const [filterLog, actionsLog] = [log('fail2ban.filter'), log('fail2ban.actions')];
  return new BanPolicy({
    jail: jail.name,
    maxRetry: jail.maxRetry,
    findTimeMs: jail.findTimeMs,
    banTimeMs: jail.banTimeMs,
    maxMatches: jail.maxMatches,
    ignore: jail.ignoreIp,
    ignoreSelf: jail.ignoreSelf,
    notices: { next: (notice) => logNotice(filterLog, actionsLog, notice) },
    rejects,
    metrics,
  });
}

function openActions({ name, banTimeMs, actions }: JailConfig, policy: BanPolicy): readonly BanBackend[] {
  const counts = () => {
    const { currentlyBanned, totalBanned, currentlyFailed, totalFailed } = policy.status;
    return { banned: currentlyBanned, bannedTotal: totalBanned, found: currentlyFailed, foundTotal: totalFailed };
  };
  return actions.map((action) => fail2banAction(action, { jail: name, banTimeMs, counts }));
}

/** Does what a setting asks for; an error that knows no place gets the setting's. */
function at<T>({ file, line }: Place, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof ComponentError) || cause.file !== undefined) throw cause;
    throw new BanwatchdError('ERR_BANWATCHD_SETTING', cause.message, { file, line, cause, value: cause.value });
  }
}
