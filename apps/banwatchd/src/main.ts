import { exitStatus, stopOnSignals } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { type CommandOptions, command, daemonOptions } from './command.ts';
import { startDaemon } from './daemon.ts';
import { summaryLines } from './summary.ts';

/** Runs the daemon in the foreground until SIGTERM or SIGINT; a second signal does not wait for the clean end. */
async function main(): Promise<void> {
  const options = command()
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitStatus.failed))
    .parse()
    .opts<CommandOptions>();
  const { signal } = stopOnSignals();
  const daemon = startDaemon({ ...daemonOptions(options), signal });
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
  process.exitCode = exitStatus.failed;
});
