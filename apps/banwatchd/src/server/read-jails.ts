import type { ConfigProblem, Fail2banConfig, JailConfig } from '@sluice/fail2ban-config';
import { loadConfig } from '@sluice/fail2ban-config/loader';
import type { ComponentError } from '@sluice/pipeline';
import type { Logger } from '../log/fail2ban-log.ts';

/** A configuration as it was read, and which of its jails are to run. */
export interface ReadJails {
  readonly config: Fail2banConfig;
  readonly wanted: readonly JailConfig[];
  /** True when a fault concerns more than one jail: others may be missing because of it. */
  readonly isIncomplete: boolean;
}

/**
 * Reads the configuration, and logs what is wrong with it.
 *
 * @param names jails to run whatever their `enabled` says, and no others; without them, the enabled ones
 */
export function readJails(configDir: string, names: readonly string[] | undefined, log: Logger): ReadJails {
  const config = loadConfig(configDir, names === undefined ? {} : { jails: names });
  for (const problem of config.problems) logProblem(log, problem);
  const wanted = config.jails.filter(({ name }) => names === undefined || names.includes(name));
  return { config, wanted, isIncomplete: config.problems.some(({ jail }) => jail === undefined) };
}

/** One line with file, line and cure. */
export function logProblem(log: Logger, { error, jail }: { error: ComponentError; jail?: string }): void {
  const { message } = error;
  log.error(jail === undefined ? message : `Jail '${jail}' skipped, because of wrong configuration: ${message}`);
}

/** The configuration with faults that were found after it was read. */
export const withProblems = (config: Fail2banConfig, faults: readonly JailFault[]): Fail2banConfig => ({
  ...config,
  problems: [...config.problems, ...(faults as readonly ConfigProblem[])],
});

/** What keeps a jail from running that could be read. */
export interface JailFault {
  readonly error: ComponentError;
  readonly jail: string;
}
