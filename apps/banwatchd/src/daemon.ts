import { packageVersion } from '@sluice/command-line';
import { CounterMetrics } from '@sluice/pipeline';
import { hostResolver } from '@sluice/pipeline/node';
import { BackendBoard, type BackendStatus } from './ban-with/backend-status.ts';
import { chooseBackends } from './ban-with/choose-backends.ts';
import { PortsBook } from './ban-with/ports-book.ts';
import type { ControlPlane } from './control/control-plane.ts';
import { defaultsDir } from './defaults/defaults-dir.ts';
import { type DaemonLog, openDaemonLog } from './log/daemon-log.ts';
import { lookupsAtOnce } from './lookups-at-once.ts';
import type { DaemonOptions } from './options.ts';
import { packageJsonUrl } from './own-files.ts';
import { rejectLog } from './reject-log.ts';
import { beginShared } from './server/begin-shared.ts';
import { JailSet } from './server/jail-set.ts';
import { openSinks } from './server/open-sinks.ts';
import { openState } from './server/open-state.ts';
import { logProblems, readJails } from './server/read-jails.ts';
import { Server } from './server/server.ts';
import { type DaemonStats, readStats } from './stats.ts';
import { KnownPositions } from './watch/known-positions.ts';
import { within } from './within.ts';

/** How long decisions under way may take when the daemon ends: names and commands are waited for no longer. */
const graceMs = 5000;

/** A running daemon. */
export interface Daemon {
  /** Names of the jails that were started with it. */
  readonly jails: readonly string[];
  /** What `banwatch` asks of it. */
  readonly control: ControlPlane;
  /** Resolves when it bans, and what stood before is in effect again; never when it cannot, which `done` tells. */
  readonly ready: Promise<void>;
  /** Resolves when it begins to end. */
  readonly ending: Promise<void>;
  /** How those are that all jails ban with. */
  backends(): readonly BackendStatus[];
  /** What was read, found and done since the start. */
  stats(): DaemonStats;
  /** Stops reading, lets decisions under way be applied, stops the actions. Resolves when all is quiet. */
  stop(): Promise<void>;
  /** Resolves when the daemon has ended; rejects when a log source or an action was lost for good. */
  readonly done: Promise<void>;
}

/**
 * Reads the configuration and runs every sound jail until it is stopped.
 *
 * A jail that is broken, a log that is missing and an address that is none are logged and stop nothing else. With
 * `stateDir`, bans, counters and places in the logs are kept: a restart, also after `kill -9`, goes on where it was.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_NO_JAIL` when there is nothing to watch
 * @throws BanwatchdError `ERR_BANWATCHD_BAN_WITH` with file, line and cure, for a wrong choice of what to ban with
 * @throws BanPolicyError when the state cannot be opened, or another daemon has it
 */
export function startDaemon(options: DaemonOptions = {}): Daemon {
  const daemonLog = openDaemonLog(options.log);
  try {
    return begin(options, daemonLog);
  } catch (error) {
    // A log that goes to a program would keep the process.
    void daemonLog.close().catch(() => {});
    throw error;
  }
}

function begin(options: DaemonOptions, daemonLog: DaemonLog): Daemon {
  const { defaults = false, root = '/', table = 'sluice', stateDir } = options;
  const configDir = defaults ? defaultsDir() : (options.configDir ?? '/etc/fail2ban');
  const { log } = daemonLog;
  const serverLog = log('fail2ban.server');
  const metrics = new CounterMetrics();
  const rejects = rejectLog(log('fail2ban.filter'), metrics);
  const began = { wallMs: Date.now(), cpu: process.cpuUsage() };
  const abort = new AbortController();

  const version = packageVersion(packageJsonUrl);
  serverLog.info(`Starting banwatchd v${version} with ${configDir}`);
  const read = readJails(configDir, options.jails);
  logProblems(log('fail2ban.configreader'), read.config);
  void daemonLog.configure(read.config.server);
  const ports = new PortsBook(
    (jail) => jails.running.get(jail),
    ({ message }) => serverLog.error(`${message}; its bans are of all ports`),
  );
  const chosen = chooseBackends(
    {
      banWith: typeof options.banWith === 'string' ? [options.banWith] : options.banWith,
      file: options.banWithFile,
      isFileOptional: options.isBanWithFileOptional === true,
      otherwise: defaults ? 'netfilter' : 'actions',
    },
    { table, rejects, portsOf: (jail) => ports.portsOf(jail) },
  );
  const state = openState(read.config.server, { stateDir, checkpointFile: options.checkpointFile, rejects, metrics });
  const { checkpoints, database, store, wasKilled } = state;
  const print = options.log?.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const writeCommand = options.dryRun ? (options.writeCommand ?? print) : undefined;

  let lost: Error | undefined;
  const board = new BackendBoard();
  const sinks = openSinks({
    ...chosen,
    board,
    writeCommand,
    log,
    rejects,
    metrics,
    lost(error) {
      lost ??= error;
      void stop().catch(() => {});
    },
  });
  const resolver = hostResolver({ signal: abort.signal, maxConcurrent: lookupsAtOnce() });
  const positions = new KnownPositions(Object.values(checkpoints));
  const jails = new JailSet(
    {
      log,
      rejects,
      metrics,
      root,
      resolver,
      sinks,
      wasKilled,
      positionOf: (path) => positions.of(path),
      ...(store && { store }),
    },
    { root, metrics, checkpoints },
  );
  const { reloading = () => {} } = options;
  const server = new Server(
    { version, configDir, names: options.jails, log: daemonLog, database, backends: () => board.all, reloading, stop },
    jails,
  );

  const end = async (): Promise<void> => {
    serverLog.info('Shutdown in progress...');
    const endMs = performance.now() + graceMs;
    const leftMs = (): number => Math.max(0, endMs - performance.now());
    await within(server.settled(), leftMs());
    serverLog.info('Stopping all jails');
    const isDecided = await within(jails.hold(), leftMs());
    await jails.end(isDecided);
    await sinks.shared?.stop();
    abort.abort();
    rejects.flush();
    await state.close();
    serverLog.info('Exiting banwatchd');
    await daemonLog.close();
    if (lost !== undefined) throw lost;
  };
  let finish: () => void = () => {};
  const ending = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const done = ending.then(end);
  // Whoever does not look at `done` is not to be ended by it.
  done.catch((error: Error) => serverLog.critical(error.message));
  async function stop(): Promise<void> {
    finish();
    await done;
  }

  let ready: Promise<void>;
  try {
    ready = server.begin(read, (broken) => beginShared(sinks.shared, { store, broken, log: serverLog }));
  } catch (error) {
    void state.close().catch(() => {});
    throw error;
  }
  options.signal?.addEventListener('abort', () => void stop().catch(() => {}), { once: true });
  if (options.signal?.aborted) finish();

  return {
    jails: [...jails.running.keys()],
    control: server,
    ready,
    ending,
    backends: () => board.all,
    stats: () => readStats(metrics, began),
    stop,
    done,
  };
}
