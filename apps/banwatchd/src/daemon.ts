import type { BanOutcome } from '@sluice/ban-action';
import { fileCheckpoint } from '@sluice/log-source';
import { CounterMetrics, type RejectSink } from '@sluice/pipeline';
import { applyDecisions } from './ban-sink.ts';
import { BanwatchdError } from './banwatchd-error.ts';
import { fail2banLog, type Logger } from './fail2ban-log.ts';
import { logJail } from './jail-log.ts';
import { jailStream } from './jail-stream.ts';
import { watchLogs } from './log-watch.ts';
import { daemonMetrics } from './metrics.ts';
import type { DaemonOptions } from './options.ts';
import { rejectLog } from './reject-log.ts';
import { type DaemonStats, readStats } from './stats.ts';
import { loadJails } from './watched-jail.ts';

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

function logOutcome(log: Logger, { event, backend, error }: BanOutcome): void {
  if (error === undefined) return;
  const { jail, kind, id } = event;
  log.error(`Failed to execute ${kind} jail '${jail}' action '${backend}' for ${id}: ${error.message}`);
}

/**
 * Reads the configuration and runs every sound jail until it is stopped.
 *
 * A jail that is broken, a log that is missing and an address that is none are logged and stop nothing else.
 *
 * @throws BanwatchdError `ERR_BANWATCHD_NO_JAIL` when there is nothing to watch
 */
export function startDaemon(options: DaemonOptions = {}): Daemon {
  const { configDir = '/etc/fail2ban', root = '/', banWith = 'actions', table = 'sluice', dryRun = false } = options;
  const log = fail2banLog(options.log);
  const server = log('fail2ban.server');
  const metrics = new CounterMetrics();
  const logged = rejectLog(log('fail2ban.filter'));
  const rejects: RejectSink = {
    next(reject) {
      metrics.add(daemonMetrics.rejects, 1);
      logged.next(reject);
    },
  };

  server.info(`Starting banwatchd with ${configDir}`);
  const jails = loadJails({ configDir, jails: options.jails, log: log('fail2ban.configreader'), rejects, metrics });
  if (jails.length === 0)
    throw new BanwatchdError('ERR_BANWATCHD_NO_JAIL', `no jail of ${configDir} can run`, {
      cure: 'write `enabled = true` into a section of jail.local, or mend what the log names',
    });
  const configs = jails.map((jail) => jail.config);
  for (const config of configs) logJail(log, config);

  const abort = new AbortController();
  const stop = (): void => abort.abort();
  options.signal?.addEventListener('abort', stop, { once: true });
  const checkpoint = options.checkpointFile === undefined ? {} : { checkpoint: fileCheckpoint(options.checkpointFile) };
  const logs = watchLogs(configs, { root, signal: abort.signal, rejects, metrics, ...checkpoint });
  const decisions = jails.map((jail) => ({
    jail: jail.config,
    events: logs.of(jail.config).pipe(jailStream(jail, { log, rejects, metrics })),
  }));
  const writeCommand =
    options.writeCommand ?? options.log?.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const outcomes = applyDecisions(decisions, { banWith, table, rejects, metrics, ...(dryRun && { writeCommand }) });

  const began = { wallMs: Date.now(), cpu: process.cpuUsage() };
  const done = new Promise<void>((resolve, reject) => {
    outcomes.subscribe({
      next: (outcome) => {
        if (!outcome.ok) metrics.add(daemonMetrics.refused, 1);
        logOutcome(log('fail2ban.actions'), outcome);
      },
      error: reject,
      complete: resolve,
    });
  }).finally(() => {
    abort.abort();
    options.signal?.removeEventListener('abort', stop);
    logged.flush();
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
      stop();
      return done;
    },
    done,
  };
}
