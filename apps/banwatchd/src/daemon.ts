import { fileCheckpoint } from '@sluice/log-source';
import { CounterMetrics } from '@sluice/pipeline';
import { lastValueFrom, tap } from 'rxjs';
import { applyDecisions, type BanSinkOptions } from './ban-sink.ts';
import { fail2banLog } from './fail2ban-log.ts';
import type { JailContext } from './jail-context.ts';
import { logJail } from './jail-log.ts';
import { jailStream } from './jail-stream.ts';
import { loadJails } from './load-jails.ts';
import { watchLogs } from './log-watch.ts';
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
  const { configDir = '/etc/fail2ban', root = '/' } = options;
  const log = fail2banLog(options.log);
  const server = log('fail2ban.server');
  const metrics = new CounterMetrics();
  const rejects = rejectLog(log('fail2ban.filter'), metrics);
  const context: JailContext = { log, rejects, metrics };
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, ...(options.signal ? [options.signal] : [])]);
  const began = { wallMs: Date.now(), cpu: process.cpuUsage() };

  server.info(`Starting banwatchd with ${configDir}`);
  const jails = loadJails(configDir, options.jails, context);
  const configs = jails.map(({ config }) => config);
  for (const config of configs) logJail(log, config);

  const checkpoint = options.checkpointFile === undefined ? {} : { checkpoint: fileCheckpoint(options.checkpointFile) };
  const logs = watchLogs(configs, { root, signal, rejects, metrics, ...checkpoint });
  const decisions = jails.map((jail) => ({
    actions: jail.actions,
    events: logs.of(jail.config).pipe(jailStream(jail, log('fail2ban.actions'))),
  }));
  const outcomes = applyDecisions(decisions, sinkOptions(options), context);
  const done = lastValueFrom(outcomes.pipe(tap(outcomeLog(log('fail2ban.actions'), metrics))), {
    defaultValue: undefined,
  })
    .then(() => {})
    .finally(() => {
      abort.abort();
      rejects.flush();
      for (const { name } of configs) log('fail2ban.jail').info(`Jail '${name}' stopped`);
      server.info('Exiting banwatchd');
    });
  // Whoever does not look at `done` is not to be ended by it.
  done.catch((error: Error) => server.critical(error.message));
  logs.connect();
  for (const { name } of configs) log('fail2ban.jail').info(`Jail '${name}' started`);

  return {
    jails: configs.map(({ name }) => name),
    stats: () => readStats(metrics, began),
    stop() {
      server.info('Shutdown in progress...');
      abort.abort();
      return done;
    },
    done,
  };
}

function sinkOptions({
  banWith = 'actions',
  table = 'sluice',
  dryRun = false,
  ...options
}: DaemonOptions): BanSinkOptions {
  const write = options.writeCommand ?? options.log?.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  return { banWith, table, ...(dryRun && { writeCommand: write }) };
}
