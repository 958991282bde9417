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
 * Reads the configuration.
 *
 * @param names jails to run whatever their `enabled` says, and no others; without them, the enabled ones
 */
export function readJails(configDir: string, names: readonly string[] | undefined): ReadJails {
  const config = loadConfig(configDir, names === undefined ? {} : { jails: names });
  const wanted = config.jails.filter(({ name }) => names === undefined || names.includes(name));
  return { config, wanted, isIncomplete: config.problems.some(({ jail }) => jail === undefined) };
}

/** The configuration has no section for a jail that was asked for. */
export const isUnknown = ({ error }: ConfigProblem, jail: string): boolean =>
  error.code === 'ERR_FAIL2BAN_CONFIG_MISSING' && error.value === jail;

/** What is wrong with a configuration, a line each. */
export function logProblems(log: Logger, { problems }: Fail2banConfig): void {
  for (const problem of problems) logProblem(log, problem);
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
