import type { JailConfig } from '@sluice/fail2ban-config';
import { loadConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter, type Fail2banFilter } from '@sluice/fail2ban-filter';
import { ComponentError, type Metrics, type RejectSink } from '@sluice/pipeline';
import { BanwatchdError } from './banwatchd-error.ts';
import type { Logger } from './fail2ban-log.ts';
import { unsupportedOptions } from './unsupported-options.ts';

/** A jail that can run: its settings, and its filter compiled. */
export interface WatchedJail {
  readonly config: JailConfig;
  readonly filter: Fail2banFilter;
}

export interface LoadJailsOptions {
  readonly configDir: string;
  /** Jails to load whatever their `enabled` says; without it, the enabled ones. */
  readonly jails?: readonly string[] | undefined;
  readonly log: Logger;
  readonly rejects: RejectSink;
  readonly metrics: Metrics;
}

/** Reads the configuration. A jail that cannot run is logged in one line with file, line and cure, and left out. */
export function loadJails(options: LoadJailsOptions): readonly WatchedJail[] {
  const { configDir, jails, log } = options;
  const config = loadConfig(configDir, jails === undefined ? {} : { jails });
  for (const problem of config.problems) log.error(describe(problem.error, problem.jail));
  const wanted = config.jails.filter((jail) => jails === undefined || jails.includes(jail.name));
  return wanted.flatMap((jail) => {
    try {
      return [{ config: jail, filter: compile(jail, options) }];
    } catch (error) {
      if (!(error instanceof ComponentError)) throw error;
      log.error(describe(error, jail.name));
      return [];
    }
  });
}

function compile(jail: JailConfig, { log, rejects, metrics }: LoadJailsOptions): Fail2banFilter {
  if (jail.filter === undefined)
    throw new BanwatchdError('ERR_BANWATCHD_NO_FILTER', 'the jail has no filter', {
      ...jail.place,
      cure: 'name one with `filter =`, or write a failregex into the jail',
    });
  if (jail.logPaths.length === 0)
    throw new BanwatchdError('ERR_BANWATCHD_NO_LOG', `the jail has no log file (backend ${jail.backend})`, {
      ...(jail.placeOf('backend') ?? jail.place),
      cure: 'write a logpath into it and `backend = auto`; the journal is not read yet',
    });
  for (const warning of unsupportedOptions(jail)) log.warning(`[${jail.name}] ${warning}`);
  return compileFilter(jail.filter, {
    useDns: jail.useDns,
    logTimezone: jail.logTimezone,
    findTimeMs: jail.findTimeMs,
    rejects,
    metrics,
    onNotice: ({ message, path, offset }) => log.warning(`[${jail.name}] ${path} at byte ${offset}: ${message}`),
  });
}

const describe = (error: Error, jail: string | undefined): string =>
  jail === undefined ? error.message : `Jail '${jail}' skipped, because of wrong configuration: ${error.message}`;
