import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { type CommandOptions, daemonOptions, daemonPaths } from './command.ts';
import { claimSocket } from './control/claim-socket.ts';
import type { ControlPlane } from './control/control-plane.ts';
import { serveControl } from './control/serve-control.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { claimPidFile, writePidFile } from './pid-file.ts';
import { openServiceManager, type ServiceManager } from './service/service-manager.ts';
import { SupervisedDaemon } from './service/supervised-daemon.ts';
import { summaryLines } from './summary.ts';

/**
 * Runs the daemon with its control socket and pid file until it ends.
 *
 * @param ready is called when it can be reached and its jails run
 */
export async function runDaemon(
  options: CommandOptions,
  signal: AbortSignal,
  ready: (plane: ControlPlane) => void,
): Promise<void> {
  const paths = daemonPaths(options);
  // Before anything is touched: another daemon's firewall and state are its own.
  if (paths.socket !== undefined) await claimSocket(paths.socket);
  if (paths.pidFile !== undefined) claimPidFile(paths.pidFile);
  const cleanUps: (() => unknown)[] = [];
  // Before anything is started that would find in its environment what is the daemon's alone.
  const supervised = new SupervisedDaemon();
  const service = await openServiceManager(supervised);
  cleanUps.push(() => service.close());
  const daemon = startDaemon({
    ...daemonOptions(options),
    signal,
    reloading: (ended) => void tellReload(service, ended),
  });
  supervised.daemon = daemon;
  void daemon.ending.then(() => service.stopping());
  try {
    if (paths.socket !== undefined) {
      const server = await serveControl(daemon.control, { socketPath: paths.socket });
      cleanUps.push(() => server.close());
    }
    if (paths.pidFile !== undefined) cleanUps.push(writePidFile(paths.pidFile));
    cleanUps.push(listenToSignals(daemon));
    // What the log has to say of the start is written at the end of this turn.
    await Promise.all([turnOfLoop(), Promise.race([daemon.ready, daemon.done])]);
    ready(daemon.control);
    await service.ready();
    await daemon.done;
  } finally {
    await daemon.stop().catch(() => {});
    for (const cleanUp of cleanUps.reverse()) await cleanUp();
  }
  if (options.summary) for (const line of summaryLines(daemon.stats())) process.stdout.write(`${line}\n`);
}

async function tellReload(service: ServiceManager, ended: Promise<void>): Promise<void> {
  await service.reloading();
  // One that was refused leaves all as it was.
  await ended.catch(() => {});
  await service.ready();
}

/** SIGHUP reads the configuration again, SIGUSR1 opens the log file anew. @returns a function that ends that */
function listenToSignals({ control }: Daemon): () => void {
  const log = control.log.log('fail2ban.server');
  const doing = (act: () => Promise<void>) => (): void => {
    act().catch((error: Error) => log.error(error.message));
  };
  const reload = doing(() => control.reload());
  const flush = doing(() => control.log.flush());
  process.on('SIGHUP', reload).on('SIGUSR1', flush);
  return () => process.off('SIGHUP', reload).off('SIGUSR1', flush);
}
