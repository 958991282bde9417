import type { JailConfig } from '@sluice/fail2ban-config';
import { globFiles, loadConfig } from '@sluice/fail2ban-config/loader';
import { ComponentError, CounterMetrics } from '@sluice/pipeline';
import { chooseBackends } from '../ban-with/choose-backends.ts';
import { defaultPaths } from '../default-paths.ts';
import { Jail } from '../jail/jail.ts';
import type { JailContext } from '../jail/jail-context.ts';
import { fail2banLog } from '../log/fail2ban-log.ts';
import type { Session } from './session.ts';

/** For a jail that is made and never started: nothing is asked, run or kept. */
const idleContext: JailContext = {
  log: fail2banLog({ write: () => {} }),
  rejects: { next: () => {} },
  metrics: new CounterMetrics(),
  resolver: { addressesOf: () => [], nameOf: () => undefined },
  sinks: {
    runsActions: true,
    action() {
      throw new Error('a jail that is only tested applies nothing');
    },
  },
  root: '/',
  wasKilled: false,
  routesChanged: () => {},
  filesChanged: () => Promise.resolve(),
  positionOf: () => 0,
};

/** What keeps a jail from running; undefined when nothing does. */
function faultOf(config: JailConfig): string | undefined {
  try {
    new Jail(config, idleContext);
    return undefined;
  } catch (error) {
    if (error instanceof ComponentError) return error.message;
    throw error;
  }
}

/** What is wrong with `ban-with.conf`; undefined when nothing is, or when there is no such file. */
function banWithFault(): string | undefined {
  const nowhere = { table: 'sluice', portsOf: () => undefined, rejects: idleContext.rejects };
  try {
    chooseBackends(
      { banWith: undefined, file: defaultPaths.banWith, isFileOptional: true, otherwise: 'actions' },
      nowhere,
    );
    return undefined;
  } catch (error) {
    if (error instanceof ComponentError) return error.message;
    throw error;
  }
}

/**
 * `-t`: whether every enabled jail can run, and what it bans with. Each is made as the daemon would make it, its filter
 * compiled, and not started. A log file that is not there is a warning.
 *
 * @returns whether all is sound
 */
export function testConfig({ args, io, log }: Session): boolean {
  const { jails, problems, warnings } = loadConfig(args.conf);
  for (const { error, jail } of warnings)
    log.warning(jail === undefined ? error.message : `[${jail}] ${error.message}`);
  const faults = problems.map(({ error, jail }) => ({ jail, message: error.message }));
  for (const jail of jails) {
    for (const { glob } of jail.logPaths)
      if (globFiles(glob).length === 0)
        log.warning(`[${jail.name}] there is no ${glob} yet: it is followed when it comes`);
    const message = faultOf(jail);
    if (message !== undefined) faults.push({ jail: jail.name, message });
  }
  const message = banWithFault();
  if (message !== undefined) faults.push({ jail: undefined, message });
  if (args.isJson) io.stdout(`${JSON.stringify({ ok: faults.length === 0, jails: jails.length, faults })}\n`);
  for (const { jail, message } of faults) log.error(jail === undefined ? message : `[${jail}] ${message}`);
  if (faults.length > 0) log.error('ERROR: test configuration failed');
  return faults.length === 0;
}
