import { fileCheckpoint } from '@sluice/log-source';
import { CounterMetrics } from '@sluice/pipeline';
import { lastValueFrom, tap } from 'rxjs';
import { applyDecisions } from './ban-sink.ts';
import { fail2banLog } from './fail2ban-log.ts';
import type { JailContext } from './jail-context.ts';
import { logJail } from './jail-log.ts';
import { jailStream } from './jail-stream.ts';
import { loadJails } from './load-jails.ts';
import { watchLogs } from './log-watch.ts';
import type { WatchedJail } from './open-jail.ts';
import type { DaemonOptions } from './options.ts';
import { outcomeLog } from './outcome-log.ts';
import { rejectLog } from './reject-log.ts';
import { type DaemonStats, readStats } from './stats.ts';

/** A running daemon. */
export interface Daemon {
  /** Names of the jails that run. */
  readonly jails: readonly string[];
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
 * A jail that is broken, a log that is missing and an address that is none are logged and stop nothing else.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_NO_JAIL` when there is nothing to watch
 */
export function startDaemon(options: DaemonOptions = {}): Daemon {
  const { configDir = '/etc/fail2ban' } = options;
  const log = fail2banLog(options.log);
  const [server, jailLog] = [log('fail2ban.server'), log('fail2ban.jail')];
  const metrics = new CounterMetrics();
  const rejects = rejectLog(log('fail2ban.filter'), metrics);
  const began = { wallMs: Date.now(), cpu: process.cpuUsage() };

  server.info(`Starting banwatchd with ${configDir}`);
  const jails = loadJails(configDir, options.jails, { log, rejects, metrics });
  const names = jails.map(({ config }) => config.name);
  for (const { config } of jails) logJail(log, config);

  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, ...(options.signal ? [options.signal] : [])]);
  signal.addEventListener('abort', () => server.info('Shutdown in progress...'), { once: true });
  const { outcomes, connect } = runJails(jails, options, { log, rejects, metrics }, signal);
  const done = lastValueFrom(outcomes, { defaultValue: undefined })
    .then(() => {})
    .finally(() => {
      reading.unsubscribe();
      rejects.flush();
      for (const name of names) jailLog.info(`Jail '${name}' stopped`);
      server.info('Exiting banwatchd');
    });
  // Whoever does not look at `done` is not to be ended by it.
  done.catch((error: Error) => server.critical(error.message));
  const reading = connect();
  for (const name of names) jailLog.info(`Jail '${name}' started`);

  return {
    jails: names,
    stats: () => readStats(metrics, began),
    stop() {
      abort.abort();
      return done;
    },
    done,
  };
}

/** All jails over their logs: what became of each decision. Nothing is read before `connect`. */
function runJails(jails: readonly WatchedJail[], options: DaemonOptions, context: JailContext, signal: AbortSignal) {
  const { root = '/', checkpointFile, banWith = 'actions', table = 'sluice', dryRun = false } = options;
  const { log, rejects, metrics } = context;
  const actionsLog = log('fail2ban.actions');
  const configs = jails.map(({ config }) => config);
  const checkpoint = checkpointFile === undefined ? {} : { checkpoint: fileCheckpoint(checkpointFile) };
  const logs = watchLogs(configs, { root, signal, rejects, metrics, ...checkpoint });
  const decisions = jails.map((jail) => ({
    actions: jail.actions,
    events: logs.of(jail.config).pipe(jailStream(jail, actionsLog)),
  }));
  const print = options.log?.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const writeCommand = dryRun ? { writeCommand: options.writeCommand ?? print } : {};
  const outcomes = applyDecisions(decisions, { banWith, table, ...writeCommand }, context);
  return { outcomes: outcomes.pipe(tap(outcomeLog(actionsLog, metrics))), connect: () => logs.connect() };
}
