import { ComponentError } from '@sluice/pipeline';
import { type CommandOptions, command, daemonOptions } from './command.ts';
import { startDaemon } from './daemon.ts';
import { summaryLines } from './summary.ts';

const exitFailure = 2;

/** Runs the daemon in the foreground until SIGTERM or SIGINT; a second signal does not wait for the clean end. */
async function main(): Promise<void> {
  const options = command()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitFailure))
    .parse()
    .opts<CommandOptions>();
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(exitFailure);
    stop.abort();
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  const daemon = startDaemon({ ...daemonOptions(options), signal: stop.signal });
  await daemon.done;
  if (options.summary) for (const line of summaryLines(daemon.stats())) process.stdout.write(`${line}\n`);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the log has gone; a daemon does not die of that.
  if (error.code !== 'EPIPE') throw error;
});

main().catch((error: unknown) => {
  const text = error instanceof ComponentError ? error.message : String((error as Error)?.stack ?? error);
  process.stderr.write(`banwatchd: ${text}\n`);
  process.exitCode = exitFailure;
});
