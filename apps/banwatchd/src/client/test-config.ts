import { globFiles, type JailConfig, loadConfig } from '@sluice/fail2ban-config/loader';
import { compileFilter } from '@sluice/fail2ban-filter';
import { ComponentError } from '@sluice/pipeline';
import type { Session } from './session.ts';

/** What keeps a filter from being used; undefined when nothing does. */
function faultOf({ filter, useDns, logTimezone, findTimeMs }: JailConfig): string | undefined {
  if (filter === undefined) return undefined;
  try {
    compileFilter(filter, { useDns, findTimeMs, logTimezone });
    return undefined;
  } catch (error) {
    if (error instanceof ComponentError) return error.message;
    throw error;
  }
}

/**
 * `-t`: whether every enabled jail can run: its options, its actions, and its filter, which is compiled.
 * @returns whether all is sound
 */
export function testConfig({ args, io, log }: Session): boolean {
  const { jails, problems, warnings } = loadConfig(args.conf);
  for (const { error, jail } of warnings)
    log.warning(jail === undefined ? error.message : `[${jail}] ${error.message}`);
  const faults = problems.map(({ error, jail }) => ({ jail, message: error.message }));
  for (const jail of jails) {
    for (const { glob } of jail.logPaths)
      if (globFiles(glob).length === 0) log.warning(`[${jail.name}] there is no ${glob} yet: it is followed when it comes`);
    const message = faultOf(jail);
    if (message !== undefined) faults.push({ jail: jail.name, message });
  }
  if (args.isJson) io.stdout(`${JSON.stringify({ ok: faults.length === 0, jails: jails.length, faults })}\n`);
  for (const { jail, message } of faults) log.error(jail === undefined ? message : `[${jail}] ${message}`);
  if (faults.length > 0) log.error('ERROR: test configuration failed');
  return faults.length === 0;
}
