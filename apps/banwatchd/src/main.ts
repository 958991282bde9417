import { exitStatus, stopOnSignals } from '@sluice/command-line';
import { ComponentError } from '@sluice/pipeline';
import { type DaemonMessage, launchDaemon } from './client/launch-daemon.ts';
import { type CommandOptions, command } from './command.ts';
import { problemTexts } from './control/problem-texts.ts';
import { runDaemon } from './run-daemon.ts';

/** How long a daemon may take to be ready, in the background. */
const readyMs = 60_000;

const textOf = (error: unknown): string =>
  error instanceof ComponentError ? error.message : String((error as Error)?.stack ?? error);

/** Tells whoever started this process in the background, and lets go of it. */
function tellStarter(message: DaemonMessage): void {
  if (process.send === undefined) return;
  process.send(message, () => {
    if (process.connected) process.disconnect();
  });
}

/** Starts the same program in a session of its own. */
async function goToBackground(): Promise<void> {
  const [program = '', ...args] = process.argv.slice(1);
  const outcome = await launchDaemon([program, ...args, '--foreground'], readyMs);
  if (!outcome.isReady) throw new ComponentError('ERR_BANWATCHD_BACKGROUND', outcome.reason);
  for (const note of outcome.notes) process.stderr.write(`banwatchd: ${note}\n`);
  process.stdout.write('Server ready\n');
}

/** Runs the daemon until SIGTERM or SIGINT; a second signal does not wait for the clean end. */
async function main(): Promise<void> {
  const program = command().exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : exitStatus.failed));
  const options = program.parse().opts<CommandOptions & { foreground?: boolean }>();
  if (options.background === true && options.foreground !== true) return goToBackground();
  const stop = stopOnSignals();
  // Nobody sees any more what would be done. A daemon that bans does not end with who reads its log.
  if (options.dryRun) process.stdout.once('error', () => stop.abort());
  // Until the daemon listens to them: one would end it, the other would open Node.js's debugger to all local users.
  for (const early of ['SIGHUP', 'SIGUSR1'] as const) process.on(early, () => {});
  await runDaemon(options, stop.signal, (plane) => tellStarter({ ready: true, notes: problemTexts(plane) }));
}

for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read it has gone; a daemon does not die of that.
    if (error.code !== 'EPIPE') throw error;
  });

main().catch((error: unknown) => {
  process.stderr.write(`banwatchd: ${textOf(error)}\n`);
  tellStarter({ failed: textOf(error) });
  process.exitCode = exitStatus.failed;
});
